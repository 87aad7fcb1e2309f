using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TrtBindings.Generators.Analyzers;

/// <summary>An explicit argument, with its value if that is a constant.</summary>
/// <param name="Syntax">The argument's syntax.</param>
/// <param name="Value">Its value; <see langword="null"/> if it is not a constant.</param>
internal readonly record struct Constant(SyntaxNode Syntax, long? Value)
{
    /// <summary>The argument for a parameter; <see langword="null"/> if the caller leaves it out.</summary>
    public static Constant? Of(IEnumerable<IArgumentOperation> arguments, IParameterSymbol parameter) => arguments
        .Where(a => a.ArgumentKind == ArgumentKind.Explicit && SymbolEqualityComparer.Default.Equals(a.Parameter, parameter))
        .Select(Constant? (a) => new(a.Value.Syntax, ValueOf(a.Value))).FirstOrDefault();

    /// <summary>Looks through conversions to nint, which are not constants if the value depends on the platform.</summary>
    private static long? ValueOf(IOperation operation)
    {
        while (true)
        {
            if (operation.ConstantValue is { HasValue: true, Value: var value }) return Number(value);
            if (operation is not IConversionOperation { OperatorMethod: null } conversion
                || conversion.Type?.SpecialType != SpecialType.System_IntPtr)
                return null;
            operation = conversion.Operand;
        }
    }

    private static long? Number(object? value) => value switch
    {
        int number => number,
        long number => number,
        uint number => number,
        short number => number,
        ushort number => number,
        byte number => number,
        sbyte number => number,
        char number => number,
        ulong number and <= long.MaxValue => (long)number,
        _ => null,
    };
}
