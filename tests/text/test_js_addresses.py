from __future__ import annotations

from rows import each_row
from yoyak.text.asset_addresses import js_addresses


@each_row(
    ("text", "found"),
    [
        ('import "./x.js"', ["./x.js"]),
        ("import'./x.js';import a from'./y.js'", ["./x.js", "./y.js"]),
        ('import a, {b as c, default as from} from "./x.js";', ["./x.js"]),
        ('import * as all from "./x.js"', ["./x.js"]),
        ('import {\n  a, // from "./no.js"\n  b /* from "./no.js" */,\n} from\n"./x.js"', ["./x.js"]),
        ("const a = await import(\"./x.js\"); import(/* later */ './y.js')", ["./x.js", "./y.js"]),
        ("import(`./x.js`)", ["./x.js"]),
        ('import data from "./x.json" with {type: "json"}', ["./x.json"]),
        ('import("./x.json", {with: {type: "json"}})', ["./x.json"]),
        ('export * from "./x.js"; export * as b from "./y.js"', ["./x.js", "./y.js"]),
        ('export {a, b as "c d"} from "./x.js"', ["./x.js"]),
        ('export {a}\nimport "./x.js"', ["./x.js"]),
        ('export const a = 1, from = "./no.js"; export default "./no.js"', []),
        ("`${import('./x.js')} import './no.js'`", ["./x.js"]),
        ("`${`${a}`}`; import './x.js'", ["./x.js"]),
        ("`${{a: {}}}`; import './x.js'", ["./x.js"]),
        ("const a = /import '.\\/no.js'/; b = c / d; import './x.js'", ["./x.js"]),
        ("if (a) {} /[/'\"]/.test(b); import './x.js'", ["./x.js"]),
        ("a = b / 2; c = '/'; import './x.js'", ["./x.js"]),
        ('import("./" + name); import(`./${name}.js`); import(name)', []),
        ('a.import("./no.js"); a?.import("./no.js"); import.meta.url', []),
        ('// import "./no.js"\n/* import "./no.js" */ "import \'./no.js\'"', []),
        ('const imported = "./no.js"; reimport("./no.js")', []),
        ('new Worker(new URL("./x.js", import.meta.url)); new URL("./no.js", location)', ["./x.js"]),
        ("import", []),
        ("export", []),
        ("`never closed ${", []),
        (r"import '.\u002fx.js'", ["./x.js"]),
    ],
)
def test_the_addresses_of_a_script_are_found(text: str, found: list[str]) -> None:
    assert [address.written for address in js_addresses(text)] == found
