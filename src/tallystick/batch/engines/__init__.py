"""What does the jobs: a pool of this machine, or daft, here or on a cluster; the stages know nothing of it."""
