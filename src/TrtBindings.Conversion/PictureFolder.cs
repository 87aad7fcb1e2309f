namespace TrtBindings.Conversion;

/// <summary>The pictures in the folder that <c>TrtCalibration</c> names.</summary>
internal static class PictureFolder
{
    /// <summary>The pictures, by path; those of folders inside it too.</summary>
    /// <returns><see langword="null"/> if there is no path, or it is a file.</returns>
    /// <exception cref="CalibrationException">There is no such folder, or it has no pictures.</exception>
    public static IReadOnlyList<string>? Of(string path)
    {
        if (path.Length == 0 || File.Exists(path)) return null;
        if (!Directory.Exists(path))
        {
            throw new CalibrationException($"TrtCalibration is '{path}', which is no folder and no file. Name a folder of "
                + "pictures, or, for int8, a calibration table.");
        }

        var pictures = PictureFiles.In(path);
        return pictures.Length > 0 ? pictures
            : throw new CalibrationException($"The folder '{path}' of TrtCalibration has no pictures. Put typical ones into it: "
                + $"{string.Join(", ", PictureFiles.Endings)}.");
    }
}
