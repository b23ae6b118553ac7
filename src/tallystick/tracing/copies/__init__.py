"""Text that reports share: reports come in, the passages they have in common and the steps back go out."""
