using System.CommandLine;
using System.Reflection;
using Spectre.Console;
using TrtBindings.Cli.Inspect;
using TrtBindings.Cli.NewApp;
using TrtBindings.Generators.Input;
using TrtBindings.Generators.Text;
using TrtBindings.ModelFiles.Families;
using TrtBindings.ModelFiles.Onnx;

namespace TrtBindings.Cli.Commands;

/// <summary><c>trtb new app</c>: a project with a model, the packages and the program for the model's family.</summary>
internal sealed class NewAppCommand : ToolCommand
{
    private readonly Option<string> _model = new("--model")
    {
        Description = "The .onnx model. It is copied.", Required = true, HelpName = "FILE",
    };

    private readonly Option<string?> _family = Choices.Family("The model's family, where the file does not tell it: TrtTask.");
    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "Folder of the project, and its name.", DefaultValueFactory = _ => "App", HelpName = "FOLDER",
    };

    private readonly Option<string?> _source = new("--source")
    {
        Description = "A folder or an address that has the TrtBindings packages, beside the sources of the machine.",
        HelpName = "SOURCE",
    };

    public NewAppCommand() : base("app", "Makes a console project that runs a model: project file, model, program.")
    {
        foreach (var option in (Option[])[_model, _family, _output, _source]) Options.Add(option);
        AddJson();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Line, string What)> Examples { get; } =
    [
        ("trtb new app --model yolo11n-seg.onnx -o Segmenter",
            "a project in the folder Segmenter, with the engine for the model"),
        ("trtb new app --model best.onnx --family YoloDetect", "where the file does not say its task"),
        ("trtb new app --model model.onnx --source ./packages", "with packages from a folder"),
    ];

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        var path = Path.GetFullPath(arguments.GetRequiredValue(_model));
        if (FileKind.IsEngine(path))
            throw new UsageException($"'{path}' is an engine. A project needs the .onnx that it was built from.");
        var folder = Path.GetFullPath(Path.TrimEndingDirectorySeparator(arguments.GetRequiredValue(_output)));
        var space = Identifiers.Namespace(Path.GetFileName(folder));
        var task = arguments.GetValue(_family);
        var report = ModelInspection.Of(path, ItemMetadata.Empty with { Task = task ?? "" }, space);
        if (report.ClassName is not { } className)
        {
            throw new UsageException($"'{path}' gets no class: " + string.Join(
                ' ', report.Diagnostics.Where(one => one.Severity == "error").Select(one => one.Message)));
        }

        var model = ModelSource.FromFile(path).Describe();
        if (task is not null && FamilyRules.Match(model, ModelLabels.Of(model).Count, task) is { Problem: { } problem })
            throw new UsageException($"'{path}' is not of the family {task}: {problem}.");
        // A word for a head, such as YoloV5, has the engine of its family.
        var name = className[(className.LastIndexOf('.') + 1)..];
        var program = AppProgram.Of(model, report.Family.Name, name, space);
        var copies = new List<(string Path, string From)> { ("models/" + Path.GetFileName(path), path) };
        copies.AddRange(model.ExternalData.Select(file => ("models/" + file.Location,
            ExternalDataPath.Find(path, file.Location)!)));
        var project = Path.GetFileName(folder) + ".csproj";
        List<(string Path, string Text)> files =
        [
            (project, AppFolder.Project(copies[0].Path, space, task, program.Package, Version())), ("Program.cs", program.Text),
        ];
        if (arguments.GetValue(_source) is { } source)
            files.Add(("nuget.config", AppFolder.PackageSource(source.Contains("://", StringComparison.Ordinal)
                ? source
                : Path.GetFullPath(source))));
        new AppFolder(folder).Write(files, copies, cancellation);
        screen.Show(new(folder, project, className, report.Family.Name,
            [.. files.Select(one => one.Path), .. copies.Select(one => one.Path)],
            [folder.All(character => char.IsLetterOrDigit(character) || "/\\:._-+".Contains(character))
                ? $"cd {folder}" : $"cd \"{folder}\"",
                program.Package == "TrtBindings" ? "dotnet run" : "dotnet run -- photo.jpg"]),
            NewAppJson.Default.NewAppReport, Write);
        return Task.FromResult(ExitCode.Done);
    }

    /// <summary>The packages have one version, and the tool has it too.</summary>
    private static string Version() => typeof(NewAppCommand).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static void Write(NewAppReport report, IAnsiConsole console)
    {
        var sheet = new Sheet(console);
        sheet.Title($"{report.Folder}: a project with {report.ClassName}");
        sheet.Rows(("family", report.Family ?? "none: the program works with tensors"),
            ("files", string.Join(", ", report.Files)));
        sheet.Heading("Next");
        sheet.Rows(report.Next.Select(line => ("", (string?)line)));
    }
}
