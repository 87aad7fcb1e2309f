// One GPU: a second test beside it would land in the figures.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
