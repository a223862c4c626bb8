"""What `make` installs, before anything else of this project can run."""
