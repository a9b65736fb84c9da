"""What a lead sees: one folder per screen, and the commands, dialogs, widgets and words they share."""
