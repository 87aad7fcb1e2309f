namespace TrtBindings.Vision.Tests.Accuracy;

[Trait("Category", "Slow")]
public sealed class FaceAccuracyTests
{
    private static readonly float[] Left = [0, 0, 10, 20];
    private static readonly float[] Right = [20, 0, 30, 20];
    private static readonly float[] Nowhere = [50, 50, 60, 60];

    [Fact]
    public void Finding_every_face_is_1_with_the_worst_of_their_scores_as_the_threshold()
    {
        var accuracy = FaceAccuracy.Of([Picture(Left, Right)], [[Find(.9f, Right), Find(.3f, Left)]]);
        accuracy.ShouldBe(new(2, 1, .3f, 0, 0));
    }

    [Fact]
    public void Finding_nothing_is_0()
    {
        var accuracy = FaceAccuracy.Of([Picture(Left)], [[]]);
        (accuracy.Recall, double.IsNaN(accuracy.PointError), float.IsNaN(accuracy.Threshold)).ShouldBe((0, true, true));
    }

    [Fact]
    public void The_second_false_find_of_one_picture_ends_it() =>
        FaceAccuracy.Of(
            [Picture(Left, Right)],
            [[Find(.9f, Nowhere), Find(.8f, Left), Find(.7f, Nowhere), Find(.6f, Right)]]).ShouldBe(new(2, .5, .8f, 0, 0));

    [Fact]
    public void False_finds_of_one_picture_may_be_those_of_another() =>
        FaceAccuracy.Of(
            [Picture(Left), Picture()], [[Find(.5f, Left)], [Find(.9f, Nowhere), Find(.8f, Nowhere)]])
            .ShouldBe(new(1, 1, .5f, 0, 0));

    [Fact]
    public void A_second_find_of_one_face_is_false() =>
        FaceAccuracy.Of([Picture(Left, Right)], [[Find(.9f, Left), Find(.8f, Left), Find(.7f, Left), Find(.6f, Right)]])
            .ShouldBe(new(2, .5, .8f, 0, 0));

    [Theory]
    [InlineData(10, 1)]
    [InlineData(9.9f, 0)]
    public void An_overlap_of_half_counts(float bottom, double recall) =>
        FaceAccuracy.Of([Picture(Left)], [[Find(.9f, [0, 0, 10, bottom])]]).Recall.ShouldBe(recall);

    [Fact]
    public void A_slight_face_is_neither_right_nor_wrong()
    {
        var picture = Picture(Left, Right) with { Slight = [Nowhere] };
        FaceDetection[] found = [Find(.9f, Nowhere), Find(.8f, Nowhere), Find(.7f, Left), Find(.6f, Right)];
        FaceAccuracy.Of([picture], [found]).ShouldBe(new(2, 1, .6f, 0, 0));
    }

    [Fact]
    public void The_points_are_measured_by_the_larger_side_of_the_face()
    {
        var face = Find(.9f, Left);
        var moved = face with { KeyPoints = face.KeyPoints!.Value with { Nose = new(8, 16) } };
        // The nose is off by 3 and 4 of a height of 20; the other four are right.
        FaceAccuracy.Of([Picture(Left)], [[moved]]).PointError.ShouldBe(5 / 20.0 / 5, 1e-6);
    }

    [Theory]
    [InlineData(2, 1, 45)]
    [InlineData(1, 2, 45)]
    [InlineData(0, 1, 135)]
    [InlineData(0, .5f, 161.565)]
    public void The_line_through_the_eyes_is_measured_the_shorter_way_round(float x, float y, double degrees)
    {
        var face = Find(.9f, Left);
        // The face's own eyes lie on a line of 45 degrees.
        var turned = face with { KeyPoints = face.KeyPoints!.Value with { RightEye = new(x, y) } };
        FaceAccuracy.Of([Picture(Left)], [[turned]]).TiltError.ShouldBe(degrees, 1e-3);
    }

    private static AnnotatedFaces Picture(params float[][] boxes) =>
        new("", 100, 100, [.. boxes.Select(box => new AnnotatedFace(box, [[1, 1], [2, 2], [5, 12], [3, 3], [4, 4]]))], []);

    private static FaceDetection Find(float score, float[] box) => new(
        score, new(box[0], box[1], box[2], box[3]), new(new(1, 1), new(2, 2), new(5, 12), new(3, 3), new(4, 4)));
}
