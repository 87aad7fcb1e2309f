using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace TrtBindings.Cli.Models;

/// <summary>What System.CommandLine takes as a value and a user does not mean.</summary>
internal static class OptionValues
{
    /// <summary>
    /// Reads a number with a decimal point, in every culture. A comma is refused: .NET reads 0,1 as 1, with a separator of
    /// thousands.
    /// </summary>
    public static T? Number<T>(ArgumentResult result)
        where T : struct, INumber<T>
    {
        var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return number;
        var name = (result.Parent as OptionResult)?.Option.Name;
        result.AddError($"'{text}' is no number for {name}. Write it with a point, such as 0.25.");
        return null;
    }

    /// <summary>Refuses a mistyped option where several values may follow: it would be one of them.</summary>
    public static Option<string[]> WithoutOptions(this Option<string[]> option)
    {
        option.Validators.Add(result =>
        {
            var wrong = result.Tokens.FirstOrDefault(token => token.Value.StartsWith("--", StringComparison.Ordinal));
            if (wrong is not null) result.AddError($"There is no option '{wrong.Value}'.");
        });
        return option;
    }
}
