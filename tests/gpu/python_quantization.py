#!/usr/bin/env python3
"""INT8 of the sample models by onnxruntime.quantization, on the calibration pictures that PythonQuantizationTests wrote.

    python_quantization.py FOLDER

FOLDER/MODEL holds model.onnx, samples.bin (float32) and samples.jsonl (name, shape and first byte of each input of each sample);
python.int8.onnx is written beside them. Only models that are there are made: `tar -cJ` packs one to about half, and what comes
back is python.int8.onnx alone. Conv, MatMul and Gemm are quantized, in QDQ form, symmetric, per channel, min-max: every
operator type that the tool knows makes YOLO's heads useless. Exit code 3: the Python packages are missing.
"""
import json
import sys
from pathlib import Path

try:
    import numpy as np
    import onnx
    import onnxruntime
    from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantFormat, QuantType, quantize_static
    from onnxruntime.quantization.shape_inference import quant_pre_process
except ImportError as error:
    print(f"A package is missing: {error}")
    sys.exit(3)


class Samples(CalibrationDataReader):
    def __init__(self, folder):
        lines = [json.loads(line) for line in (folder / "samples.jsonl").read_text().splitlines()]
        data = (folder / "samples.bin").read_bytes()
        self.rest = iter([
            {one["name"]: np.frombuffer(data, np.float32, int(np.prod(one["shape"])), one["start"]).reshape(one["shape"])}
            for one in lines])

    def get_next(self):
        return next(self.rest, None)


def quantize(folder):
    prepared = folder / "prepared.onnx"
    try:
        quant_pre_process(str(folder / "model.onnx"), str(prepared))
    except Exception:
        # It cannot infer the shapes of YOLO's heads.
        quant_pre_process(str(folder / "model.onnx"), str(prepared), skip_symbolic_shape=True)
    target = folder / "python.int8.onnx"
    quantize_static(str(prepared), str(target), Samples(folder), quant_format=QuantFormat.QDQ, per_channel=True,
                    activation_type=QuantType.QInt8, weight_type=QuantType.QInt8,
                    op_types_to_quantize=["Conv", "MatMul", "Gemm"], calibrate_method=CalibrationMethod.MinMax,
                    extra_options={"ActivationSymmetric": True, "WeightSymmetric": True})
    prepared.unlink()
    return target


print(f"onnxruntime {onnxruntime.__version__}, onnx {onnx.__version__}")
failed = 0
for folder in sorted(one.parent for one in Path(sys.argv[1]).glob("*/samples.jsonl")):
    try:
        print(f"{folder.name}: {quantize(folder).stat().st_size} bytes", flush=True)
    except Exception as error:
        failed += 1
        print(f"{folder.name}: {type(error).__name__}: {str(error).splitlines()[0][:200]}", flush=True)
sys.exit(1 if failed else 0)
