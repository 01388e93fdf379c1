"""What a long-running process does about its memory."""

import gc


def spare_the_collector() -> None:
    """Keep the collector off what was loaded at the start: it walked 200 MB of modules over and over.

    Measured: a quarter of the processor time of an answer. What an update leaves behind in circles is still
    collected, only in larger heaps.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
