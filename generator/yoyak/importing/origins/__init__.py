"""What each generator, blog and program that people come from means by its files: a module each."""
