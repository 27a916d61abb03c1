"""Files of a site: opened once, without following links; put into place all or none."""
