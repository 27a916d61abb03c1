"""Documents of word processors, and PDF: each as an article, with what is lost of it said."""
