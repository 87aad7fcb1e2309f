namespace System.Runtime.CompilerServices;

/// <summary>What the compiler asks for to emit <c>required</c> on netstandard2.0.</summary>
[AttributeUsage(AttributeTargets.All)]
internal sealed class RequiredMemberAttribute : Attribute;
