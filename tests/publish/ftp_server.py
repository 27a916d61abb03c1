"""An FTP server under TLS in a process of its own: ``python ftp_server.py FOLDER CERTIFICATE ODDITIES``.

It prints its port. `FOLDER.commands` gets every command; when `FOLDER.cut` has a number N, the connection is cut at the
Nth command from then on, or in the middle of the file that this command sends.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.filesystems import AbstractedFS
from pyftpdlib.handlers import TLS_DTPHandler, TLS_FTPHandler
from pyftpdlib.servers import FTPServer

USER, PASSWORD = "desk@example.org", "p'a s%s:w@rd/한글"
ROOT, CERTIFICATE, ODDITIES = Path(sys.argv[1]), sys.argv[2], sys.argv[3].split(",")
COMMANDS, CUT = Path(f"{ROOT}.commands"), Path(f"{ROOT}.cut")
UNKNOWN = {"no-mlsd": ("MLSD", "MLST"), "no-size": ("SIZE",), "no-pasv": ("PASV",), "no-tls": ("AUTH",)}


class Data(TLS_DTPHandler):
    def handle_receive_chunk(self) -> None:
        if getattr(self.cmd_channel, "cut", False):
            self.cmd_channel.close()

    def recv(self, size: int) -> bytes:
        if "quota" in ODDITIES and self.get_transmitted_bytes() > 100_000:
            self._resp = ("552 Quota exceeded.", self.cmd_channel.log)
            self.close()
            return b""
        data = super().recv(min(size, 1000) if getattr(self.cmd_channel, "cut", False) else size)
        if data and getattr(self.cmd_channel, "cut", False):
            self.file_obj.write(data)
            self.cmd_channel.close()
            return b""
        return data  # type: ignore[no-any-return]


class Handler(TLS_FTPHandler):
    certfile = CERTIFICATE
    tls_control_required = tls_data_required = "no-tls" not in ODDITIES
    banner = "어서 오세요".encode("cp949").decode("latin-1") if "old-banner" in ODDITIES else "ready"
    encoding = "latin-1" if "old-banner" in ODDITIES else "utf-8"
    dtp_handler = Data
    cut = False

    def pre_process_command(self, line: str, cmd: str, arg: str) -> None:
        with COMMANDS.open("a", encoding="utf-8") as file:
            file.write(f"{cmd} {'…' if cmd == 'PASS' else arg}\n")
        if CUT.exists() and cmd != "QUIT":
            number = int(CUT.read_text()) - 1
            CUT.write_text(str(number))
            if number <= 0:
                if cmd == "STOR" and number == 0:
                    self.cut = True
                else:
                    self.close()
                    return
        super().pre_process_command(line, cmd, arg)

    def ftp_RNTO(self, path: str) -> Any:  # noqa: N802 - the name is pyftpdlib's
        if "no-replace" in ODDITIES and os.path.lexists(path):
            self.respond("550 File exists.")
            return None
        return super().ftp_RNTO(path)


def unknown(handler: type[Handler]) -> dict[str, Any]:
    left_out = {command for oddity in ODDITIES for command in UNKNOWN.get(oddity, ())}
    return {name: facts for name, facts in handler.proto_cmds.items() if name not in left_out}


def main() -> None:
    authorizer = DummyAuthorizer()
    authorizer.add_user(USER, PASSWORD.encode().decode(Handler.encoding), str(ROOT), perm="elradfmwMT")
    Handler.authorizer, Handler.abstracted_fs = authorizer, AbstractedFS
    Handler.proto_cmds = unknown(Handler)
    server = FTPServer(("127.0.0.1", 0), Handler)
    print(server.address[1], flush=True)
    server.serve_forever(handle_exit=False)


if __name__ == "__main__":
    main()
