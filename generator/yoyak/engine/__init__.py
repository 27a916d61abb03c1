"""What runs the stages over many files and pages, in processes and with the store: of no stage, and of no command."""
