// All kernels: one source, so that there is one PTX to load.
#include "copy.cu"
#include "linear.cu"
