namespace TrtBindings.Conversion;

/// <summary>
/// What a build asks for, as a file of lines <c>name=value</c>. The line <c>source</c> begins a model; what comes before the
/// first one is for all.
/// </summary>
/// <param name="Assets">The project's <c>project.assets.json</c>, which says where its packages are.</param>
/// <param name="Jobs">The models.</param>
internal sealed record Request(string Assets, IReadOnlyList<Job> Jobs)
{
    /// <exception cref="IOException">The file cannot be read, or it is no request.</exception>
    public static Request Read(string path)
    {
        var (assets, jobs) = ("", new List<Job>());
        foreach (var line in File.ReadLines(path))
        {
            var mark = line.IndexOf('=');
            if (mark < 0) throw new IOException($"'{path}' is no request of a build: it has the line '{line}'.");
            var (name, value) = (line[..mark], line[(mark + 1)..]);
            if (name == "assets") assets = value;
            else if (name == "source") jobs.Add(new() { Source = value });
            else if (jobs.Count == 0) throw new IOException($"'{path}' is no request of a build: '{name}' comes before a "
                + "source.");
            else jobs[^1] = jobs[^1].With(name, value) ?? throw new IOException($"'{path}' asks for '{name}', which is unknown. "
                + "TrtBindings and TrtBindings.Conversion must be of the same version.");
        }

        return new(assets, jobs);
    }
}
