using TrtBindings.Benchmarks;

// A figure that needs a fresh process is measured by this program started again.
if (args is ["--describe", var model]) return DescribeProcess.Run(model);
if (args is ["--generate", var measurement, var models]) return GeneratorProcess.Run(measurement, models);
if (args is ["--disposal"]) return DisposalProcess.Run();
if (args is ["--threads", var pool, var spinning]) return ThreadProcess.Run(pool, spinning);
var isStrict = args.Contains("--strict");
string[] groups = [.. args.Where(argument => argument != "--strict")];
if (groups.Any(group => group.StartsWith('-')))
{
    Console.Error.WriteLine("""
        Usage: [--strict] [GROUP...]
        Prints every figure that must hold: what, bar, measured, verdict. Exits with 1 if one is missed.
          --strict   also if one could not be measured
          GROUP      only groups whose name contains this, such as generator
        """);
    return 2;
}

#if DEBUG
Console.WriteLine("This is a Debug build, whose times say nothing. Run with -c Release.");
#endif

var table = new BenchmarkTable(groups);
BenchmarkTable.Begin();
table.Add("YOLO-seg", YoloRows.Measure);
table.Add("vectors", VectorRows.Measure);
table.Add("described models", DescriptionRows.Measure);
table.Add("damaged files", DamagedFileRows.Measure);
table.Add("a 1 GB model", LargeFileRows.Measure);
table.Add("conversion", ConversionRows.Measure);
table.Add("precision", PrecisionRows.Measure);
table.Add("one Run", RunRows.Measure);
table.Add("threads", ThreadRows.Measure);
table.Add("trtb bench", ToolBenchRows.Measure);
table.Add("1080p frame", PipelineRows.Measure);
table.Add("cost of engines", EngineCostRows.Measure);
table.Add("faces", ScrfdRows.Measure);
table.Add("Mask R-CNN", MaskRcnnRows.Measure);
table.Add("classification", ClassificationRows.Measure);
table.Add("semantic segmentation", SegmentationRows.Measure);
table.Add("YOLO siblings", YoloSiblingRows.Measure);
table.Add("disposal", DisposalRows.Measure);
table.Add("accuracy", AccuracyRows.Measure);
table.Add("generator", GeneratorRows.Measure);
table.Add("cold compilation", ColdRows.Measure);
table.Add("builds", BuildRows.Measure);

Console.WriteLine();
Console.WriteLine($"{table.Missed} missed, {table.NotRun} not run");
return table.Missed > 0 || (isStrict && table.NotRun > 0) ? 1 : 0;
