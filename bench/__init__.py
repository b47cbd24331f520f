"""Every budget of the project, measured on this machine beside two bare peers: `make bench`."""
