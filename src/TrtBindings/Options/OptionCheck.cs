using System.Diagnostics.CodeAnalysis;

namespace TrtBindings.Options;

/// <summary>Checks the values of options where they are used. Every failure names the option.</summary>
internal static class OptionCheck
{
    /// <exception cref="ModelOptionException">The value is less than the minimum.</exception>
    public static void AtLeast(long minimum, long value, string type, string name)
    {
        if (value < minimum) Throw(type, name, $"is {value}, and must be at least {minimum}");
    }

    /// <exception cref="ModelOptionException">The value is outside.</exception>
    public static void Between(long minimum, long maximum, long value, string type, string name)
    {
        if (value < minimum || value > maximum) Throw(type, name, $"is {value}, and must be {minimum} to {maximum}");
    }

    /// <exception cref="ModelOptionException">The value is <see langword="null"/>.</exception>
    public static void NotNull([NotNull] object? value, string type, string name)
    {
        if (value is null) Throw(type, name, "is null");
    }

    /// <summary>Checks a path. A setting that was left empty in a configuration file is no path.</summary>
    /// <exception cref="ModelOptionException">The value is empty or blank. <see langword="null"/> is allowed.</exception>
    public static void NotBlank(string? path, string type, string name)
    {
        if (path is not null && string.IsNullOrWhiteSpace(path)) Throw(type, name, "is empty. Give a path, or leave it null");
    }

    /// <exception cref="ModelOptionException">The value is not one of its enum.</exception>
    public static void Defined<T>(T value, string type, string name)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
            Throw(type, name, $"is {value}, and must be one of {string.Join(", ", Enum.GetNames<T>())}");
    }

    /// <exception cref="ModelOptionException">Always.</exception>
    [DoesNotReturn]
    public static void Throw(string type, string name, string problem) =>
        throw new ModelOptionException($"{type}.{name}", $"{type}.{name} {problem}.");
}
