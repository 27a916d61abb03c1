"""A build, wired (`build`, read it first), and what a command adds to it: the lock, the check, the profile."""
