"""publish: output/ → a host. Knows the files and their manifest, and nothing of how they were made.

`targets` is the door. `output` proves that the built site may leave the house, `plan` says what a deploy would do,
`folder` and `git` do it, one file per kind of host.
"""
