"""A form as plain HTML, made on the server from the same definition: for people without script, and as a fallback."""
