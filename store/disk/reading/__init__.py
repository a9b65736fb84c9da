"""From the bytes of a file to a workspace: strictly, patiently with single records, and no more than has changed."""
