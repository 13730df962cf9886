"""A hall of people on a fake clock, served by the real acts of the queue: for planning and for judging estimates."""
