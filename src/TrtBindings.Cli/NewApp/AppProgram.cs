using System.Globalization;
using TrtBindings.ModelFiles.Families;

namespace TrtBindings.Cli.NewApp;

/// <summary>The program of a new project, for the model's family.</summary>
/// <param name="Text">Program.cs.</param>
/// <param name="Package">The package that it needs.</param>
internal sealed record AppProgram(string Text, string Package)
{
    private const string Pictures = "TrtBindings.Vision.SkiaSharp";
    private const string Tensors = "TrtBindings";

    private const string ReadPicture = """
        if (args is not [var path])
        {
            Console.Error.WriteLine("Give the path of a picture: dotnet run -- photo.jpg");
            return 2;
        }

        using var photo = ImageFile.Read(path);
        """;

    private const string WritePicture = """
        ImageFile.Write("result.png", drawing);
        Console.WriteLine($"Wrote {Path.GetFullPath("result.png")}");
        return 0;
        """;

    /// <summary>Writes the program.</summary>
    /// <param name="model">The model.</param>
    /// <param name="family">Its family; <see langword="null"/> for a program of tensors.</param>
    /// <param name="className">Name of its class.</param>
    /// <param name="space">The project's namespace.</param>
    public static AppProgram Of(ModelDescription model, string? family, string className, string space) => family switch
    {
        null => new(OfTensors(model, className, space), Tensors),
        "Classification" => new(OfPicture(className, space, Create("Classification", UltralyticsSays.Classifies(model),
            "ClassificationPreprocessing.Torchvision"), """
            foreach (var one in engine.Classify(photo.AsView())) Console.WriteLine(one);
            return 0;
            """), Pictures),
        "SemanticSegmentation" => new(OfPicture(className, space, Create("SemanticSegmentation", UltralyticsSays.Segments(model),
            "SegmentationPreprocessing.Torchvision"), """
            var map = engine.Segment(photo.AsView());
            using var drawing = Overlay.Draw(photo, map);

            """ + WritePicture), Pictures),
        _ => new(OfPicture(className, space, $"using var engine = {family}Engine.Create(model);", """
            var found = engine.Detect(photo.AsView());
            foreach (var one in found) Console.WriteLine(one);
            using var drawing = Overlay.Draw(photo, found);

            """ + WritePicture), Pictures),
    };

    /// <summary>A model of a trainer that says how its pictures were prepared needs no preset.</summary>
    private static string Create(string family, bool isKnown, string preset) => isKnown
        ? $"using var engine = {family}Engine.Create(model);"
        : $"""
            // The file does not say how its pictures were prepared. This is torchvision's way: take that of your training.
            using var engine = {family}Engine.Create(model, {preset});
            """;

    private static string OfPicture(string className, string space, string create, string use) => $"""
        using {space};
        using TrtBindings.Vision;

        {ReadPicture}

        // The build makes {className} from the model here. Load takes TensorRT, then ONNX Runtime with CUDA, then the CPU.
        using var model = {className}.Load();
        Console.WriteLine(model.Backend);
        foreach (var reason in model.Backend.Rejected) Console.WriteLine($"not {"{reason}"}");
        {create}
        {use}

        """.ReplaceLineEndings("\n");

    private static string OfTensors(ModelDescription model, string className, string space)
    {
        var inputs = DynamicDimensions.OfInputs(model.Inputs);
        var outputs = DynamicDimensions.SharedWithOutputs(inputs, model.Outputs);
        var isRanked = model.Inputs.All(input => input.Shape.IsRanked);
        var run = !isRanked
            ? "// An input has no declared rank: give AllocateInputs its shape, then run the model.\n"
            : $"""
                // Every dynamic dimension is 1 here. Fill the inputs with your data before the run.
                using var inputs = model.AllocateInputs({Ones(inputs.Count)});
                using var outputs = model.AllocateOutputs({Ones(outputs.Count)});
                model.Run(inputs, outputs);
                foreach (var tensor in outputs.Tensors)
                    Console.WriteLine($"{"{tensor.Name}"} [{"{string.Join(\", \", tensor.Lengths.ToArray())}"}]");

                """;
        return $"""
            using {space};

            // The build makes {className} from the model here. Load takes TensorRT, then ONNX Runtime with CUDA, then the CPU.
            using var model = {className}.Load();
            Console.WriteLine(model.Backend);
            foreach (var reason in model.Backend.Rejected) Console.WriteLine($"not {"{reason}"}");
            {run}
            """.ReplaceLineEndings("\n");
    }

    private static string Ones(int count) =>
        string.Join(", ", Enumerable.Repeat(1.ToString(CultureInfo.InvariantCulture), count));
}
