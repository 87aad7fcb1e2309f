// All kernels: one source, so that there is one PTX to load.
#include "copy.cu"
#include "linear.cu"
#include "candidates.cu"
#include "sort.cu"
#include "suppress.cu"
#include "results.cu"
#include "masks.cu"
