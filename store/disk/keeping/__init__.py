"""What is kept on this machine beside the store and what is known of it: in the state directory, in no repository."""
