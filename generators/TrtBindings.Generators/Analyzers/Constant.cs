using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TrtBindings.Generators;

/// <summary>An argument that the caller wrote, and its value where the compiler knows it.</summary>
/// <param name="Syntax">What was written.</param>
/// <param name="Value">Its value; <see langword="null"/> if only a run tells.</param>
internal readonly record struct Constant(SyntaxNode Syntax, long? Value)
{
    /// <summary>The argument for a parameter; none if the caller leaves it out.</summary>
    public static Constant? Of(IEnumerable<IArgumentOperation> arguments, IParameterSymbol parameter) => arguments
        .Where(a => a.ArgumentKind == ArgumentKind.Explicit && SymbolEqualityComparer.Default.Equals(a.Parameter, parameter))
        .Select(Constant? (a) => new(a.Value.Syntax, ValueOf(a.Value))).FirstOrDefault();

    /// <summary>Through conversions, because one to nint is not a constant wherever it might depend on the machine.</summary>
    private static long? ValueOf(IOperation operation)
    {
        for (;;)
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
