"""The shell around screens and store: the full screen, the command line, and what to do when either breaks."""
