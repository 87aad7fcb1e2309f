using System.Collections;

namespace TrtBindings.TestSupport.TensorRT;

/// <summary>Asks questions whose answers are known, goes on after a wrong one, and keeps what came of each.</summary>
/// <param name="asking">Gets each question before it is asked, so that one which ends the process is known.</param>
internal sealed class SmokeReport(Action<string>? asking = null) : IEnumerable<SmokeCheck>
{
    private readonly List<SmokeCheck> _checks = [];

    /// <summary>The checks that went wrong, a line each.</summary>
    public IReadOnlyList<string> Problems =>
        [.. _checks.Where(check => check.Problem is not null).Select(check => check.ToString())];

    /// <summary>How many questions were asked.</summary>
    public int Count => _checks.Count;

    /// <summary>An answer that must be this one.</summary>
    public void Equal<T>(string name, T expected, Func<T> ask) => Ask(name, () =>
    {
        var answer = ask();
        return EqualityComparer<T>.Default.Equals(answer, expected) ? null : $"{answer}, and not {expected}";
    });

    /// <summary>A list that must be this one.</summary>
    public void Same<T>(string name, IEnumerable<T> expected, Func<IEnumerable<T>> ask) =>
        Equal(name, string.Join(", ", expected), () => string.Join(", ", ask()));

    /// <summary>Something that must hold.</summary>
    public void True(string name, Func<bool> ask) => Equal(name, true, ask);

    /// <summary>A call that must do its work without an error.</summary>
    public void Does(string name, Action call) => Ask(name, () =>
    {
        call();
        return null;
    });

    /// <summary>A call that must be refused by TensorRT.</summary>
    /// <param name="name">The question.</param>
    /// <param name="call">The call.</param>
    /// <param name="inWords">Whether TensorRT must say why.</param>
    public void Refuses(string name, Action call, bool inWords = true) => Ask(name, () =>
    {
        try
        {
            call();
            return "was not refused";
        }
        catch (TensorRtException e)
        {
            return !inWords || e.Messages.Count > 0 ? null : $"was refused without a word: {e.Message}";
        }
    });

    /// <summary>
    /// An object that later questions are about; <see langword="null"/>, and a wrong check, where it cannot be made.
    /// </summary>
    public T? Make<T>(string name, Func<T> make)
        where T : class
    {
        T? made = null;
        Does(name, () => made = make());
        return made;
    }

    /// <inheritdoc/>
    public IEnumerator<SmokeCheck> GetEnumerator() => _checks.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Ask(string name, Func<string?> question)
    {
        asking?.Invoke(name);
        try
        {
            _checks.Add(new(name, question()));
        }
        catch (Exception e)
        {
            _checks.Add(new(name, $"{e.GetType().Name}: {e.Message}"));
        }
    }
}
