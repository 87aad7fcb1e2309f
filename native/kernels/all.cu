// All kernels: one source, so that there is one PTX to load.
#include "copy.cu"
#include "classify.cu"
#include "classmap.cu"
#include "labelmap.cu"
#include "maskrcnn.cu"
#include "paste.cu"
#include "rtdetr.cu"
