namespace System.Runtime.CompilerServices;

/// <summary>What the compiler asks for to emit <c>init</c> on netstandard2.0.</summary>
internal static class IsExternalInit;
