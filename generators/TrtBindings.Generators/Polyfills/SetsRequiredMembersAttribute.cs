namespace System.Diagnostics.CodeAnalysis;

/// <summary>What the compiler asks for to emit a record with <c>required</c> members on netstandard2.0.</summary>
[AttributeUsage(AttributeTargets.Constructor)]
internal sealed class SetsRequiredMembersAttribute : Attribute;
