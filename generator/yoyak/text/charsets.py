"""Names of charsets that pages declare, under the labels of the WHATWG Encoding standard (§4.2)."""

from __future__ import annotations

import re

_WHATWG = {
    "cp949": "euc-kr ks_c_5601-1987 ks_c_5601-1989 ks_c_5601 ksc5601 ksc_5601 korean windows-949 cp949 cseuckr"
    " csksc56011987 iso-ir-149 ms949 uhc",
    "cp932": "shift_jis shift-jis sjis x-sjis windows-31j ms_kanji csshiftjis ms932",
    "euc-jp": "euc-jp x-euc-jp cseucpkdfmtjapanese",
    "iso-2022-jp": "iso-2022-jp csiso2022jp",
    "gb18030": "gb18030 gbk gb2312 x-gbk gb_2312 gb_2312-80 chinese csgb2312 csiso58gb231280 iso-ir-58",
    "big5hkscs": "big5 big5-hkscs cn-big5 x-x-big5 csbig5",
    "cp1252": "ascii us-ascii latin1 l1 csisolatin1 ansi_x3.4-1968 iso-ir-100",
    "cp1254": "latin5 l5 csisolatin5 iso-ir-148",
    "cp874": "dos-874 tis-620",
    "iso8859-2": "latin2 l2 csisolatin2",
    "iso8859-3": "latin3 l3 csisolatin3",
    "iso8859-4": "latin4 l4 csisolatin4",
    "iso8859-5": "cyrillic csisolatincyrillic",
    "iso8859-6": "arabic csisolatinarabic ecma-114 asmo-708",
    "iso8859-7": "greek greek8 csisolatingreek ecma-118 elot_928 sun_eu_greek",
    "iso8859-8": "hebrew visual logical csisolatinhebrew iso-8859-8-i iso-8859-8-e",
    "iso8859-10": "latin6 l6 csisolatin6",
    "koi8-r": "koi8-r koi8 koi koi8_r cskoi8r",
    "koi8-u": "koi8-u koi8-ru",
    "cp866": "ibm866 866 cp866 csibm866",
    "mac-roman": "macintosh mac x-mac-roman csmacintosh",
    "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    # A page whose declaration can be read is not in UTF-16, whatever it says.
    "utf-8": "utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8 utf-16 utf-16le utf-16be",
}
_LABELS = {label: codec for codec, labels in _WHATWG.items() for label in labels.split()}
_WINDOWS = re.compile(r"(?:windows-|cp|x-cp)(125[0-8]|874)")
_ISO = re.compile(r"iso[-_]?8859[-_]?([2-8]|1[03-6]|1|9|11)(?::\d{4})?")
_WIDER = {"1": "cp1252", "9": "cp1254", "11": "cp874"}
"""What the standard reads in the place of an ISO encoding: the same, and more."""


def codec_of(label: str) -> str:
    """Return Python's name for a label of the WHATWG's; empty for an unknown one."""
    if label in _LABELS:
        return _LABELS[label]
    if match := _WINDOWS.fullmatch(label):
        return f"cp{match[1]}"
    match = _ISO.fullmatch(label)
    return _WIDER.get(match[1], f"iso8859-{match[1]}") if match else ""
