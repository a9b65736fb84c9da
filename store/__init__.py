"""What is true about the work: records, rules and the file. Knows no terminal."""
