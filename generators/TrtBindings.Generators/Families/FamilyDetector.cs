using TrtBindings.Generators.Input;

namespace TrtBindings.Generators.Families;

/// <summary>How the models of one family are found.</summary>
/// <param name="Task">Its word in <see cref="ItemWords.Tasks"/>.</param>
/// <param name="Shapes">What its models look like, for the message about one that does not.</param>
/// <param name="Detect">
/// The family of a model, or nothing. Takes the number of labels in the metadata, 0 if there are none, and whether the item
/// asks for this family, which decides where the shapes fit and nothing else says so.
/// </param>
internal sealed record FamilyDetector(string Task, string Shapes, Func<ModelDescription, int, bool, ModelFamily?> Detect);
