"""The frozen records that all stages share; nothing here reads, writes or decides."""
