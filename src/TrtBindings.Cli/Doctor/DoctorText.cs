using System.Globalization;
using Spectre.Console;

namespace TrtBindings.Cli.Doctor;

/// <summary>Writes the report of <c>trtb doctor</c> for people.</summary>
internal static class DoctorText
{
    public static void Write(DoctorReport report, IAnsiConsole console)
    {
        var sheet = new Sheet(console);
        sheet.Title("This machine");
        sheet.Rows(
            ("system", $"{report.Host.System}, {report.Host.Architecture}{(report.Host.Wsl ? ", WSL" : "")}"
                + (report.Host.Container ? ", in a container" : "")),
            ("environment", string.Join("; ", report.Host.Environment)));
        WriteDriver(sheet, report.Driver);
        sheet.Heading("TensorRT");
        if (report.TensorRt.Count == 0) sheet.Rows(("none", "in the folders that are searched"));
        foreach (var one in report.TensorRt)
        {
            sheet.Rows(
                (one.InUse ? "in use" : "also", $"{one.Version ?? "unknown version"}, {one.Library} ({Place(one.Source)})"),
                ("parser", one.Parser ?? "missing"),
                ("plug-ins", one.Plugins ?? "missing"),
                ("builder", one.BuilderResources.Count == 0 ? "no builder resource beside it"
                    : string.Join(", ", one.BuilderResources)));
        }

        if (report.TensorRt.Count > 0)
            sheet.Marked(Mark(report.Build.Works, report.Build.Works ? "a builder was made: this machine can build"
                : "no builder: "
                + report.Build.Text));
        sheet.Heading("ONNX Runtime");
        sheet.Rows(
            ("library", report.OnnxRuntime.Library is { } path ? $"{report.OnnxRuntime.Version}, {path}"
                : report.OnnxRuntime.Text),
            ("providers", report.OnnxRuntime.Providers.Count == 0
                ? "CPU only" : "CPU, and " + string.Join(", ", report.OnnxRuntime.Providers.Select(Path.GetFileName))));
        if (report.CudaLibraries.Count > 0) sheet.Heading("What the CUDA provider needs");
        sheet.Marked(report.CudaLibraries.Select(one =>
            Mark(one.Loads, one.Loads ? $"{one.Name}: {one.Version ?? "version not reported"}, {one.Path}"
                : $"{one.Name}: {one.Text}")));
        if (report.Files.Count > 0) sheet.Heading("Files of CUDA and cuDNN");
        sheet.Rows(report.Files.Select(file => (file.Version ?? "?", (string?)file.Path)));
        sheet.Heading("A convolution on each backend");
        sheet.Marked(report.Convolution.Select(one => Mark(one.Works, one.Works
            ? string.Create(CultureInfo.InvariantCulture, $"{one.Backend}: right, {one.Milliseconds:0.00} ms")
            : $"{one.Backend}: {one.Text}")));
        sheet.Heading($"Backend of {report.Selection.Model}");
        sheet.Rows([("gets", report.Selection.Backend ?? "none"),
            .. report.Selection.Rejected.Select(reason => ("not", (string?)reason))]);
        sheet.Heading(report.Findings.Count == 0 ? "Nothing is missing." : "Findings");
        sheet.Marked(report.Findings.SelectMany(finding => Lines(finding)));
    }

    private static void WriteDriver(Sheet sheet, DriverReport driver)
    {
        sheet.Heading("NVIDIA driver");
        sheet.Rows(
            ("library", driver.Library ?? "none: " + driver.Text),
            ("version", driver.Version),
            ("kernel module", driver.KernelModule),
            ("CUDA", driver.SupportsCudaUpTo is { } cuda ? $"supports up to CUDA {cuda}" : null));
        sheet.List(driver.Gpus);
    }

    private static IEnumerable<(string, Color, string)> Lines(Finding finding)
    {
        yield return finding.Level == FindingLevel.Wrong ? ("wrong", Color.Red, finding.Text)
            : ("note", Color.Yellow, finding.Text);
        if (finding.Cure.Length > 0) yield return ("  cure", Color.Green, finding.Cure);
    }

    private static (string, Color, string) Mark(bool works, string text) =>
        works ? ("ok", Color.Green, text) : ("no", Color.Yellow, text);

    private static string Place(string source) => source switch
    {
        "Option" => "named by --tensorrt",
        "EnvironmentVariable" => "named by TRTBINDINGS_TENSORRT",
        "Application" => "beside the program",
        "LibraryPath" => "on the library path",
        "PythonPackage" => "a Python package",
        "SystemPackage" => "a package of the system",
        "Archive" => "an unpacked archive",
        _ => "found by the system's loader",
    };
}
