"""Pure text for the eye, used by the screens and by the command line alike."""
