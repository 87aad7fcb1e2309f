using Microsoft.Build.Framework;
using TrtBindings.Generators.Input;

namespace TrtBindings.Build;

/// <summary>Writes each model's signature beside it.</summary>
public sealed class WriteOnnxSignatures : Microsoft.Build.Utilities.Task
{
    /// <summary>The models.</summary>
    [Required]
    public ITaskItem[] Models { get; set; } = [];

    /// <inheritdoc/>
    public override bool Execute()
    {
        foreach (var model in Models) Write(model.GetMetadata("FullPath"));
        return !Log.HasLoggedErrors;
    }

    private void Write(string path)
    {
        try
        {
            using var stream = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1);
            var text = SignatureText.Of(OnnxModelReader.Read(stream));
            var target = path + SignatureText.Extension;
            if (RecordFile.Has(target, text)) return;
            RecordFile.Replace(target, text, Path.GetDirectoryName(target)!);
            Log.LogMessage(MessageImportance.High, "TrtBindings: wrote {0}", target);
        }
        catch (Exception e) when (e is OnnxFormatException or IOException or UnauthorizedAccessException)
        {
            Log.LogError(null, null, null, path, 1, 1, 1, 1, "The model's signature cannot be written: {0}", e.Message);
        }
    }
}
