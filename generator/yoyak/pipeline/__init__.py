"""The six stages: load, parse, group, plan, render, write. No stage imports another; `yoyak.build.build` wires them."""
