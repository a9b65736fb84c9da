"""From changes to a file that is at every moment the old one or the new one."""
