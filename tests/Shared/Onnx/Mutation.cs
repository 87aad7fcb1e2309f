namespace TrtBindings.TestSupport;

/// <summary>Damages bytes as transfers, disks and attackers do.</summary>
internal static class Mutation
{
    public static byte[] Of(byte[] original, Random random)
    {
        var bytes = new List<byte>(original);
        for (var edits = random.Next(1, 5); edits > 0 && bytes.Count > 0; edits--) Edit(bytes, random);
        return [.. bytes];
    }

    private static void Edit(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count);
        var length = Math.Min(random.Next(1, 16), bytes.Count - at);
        switch (random.Next(6))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                for (var i = 0; i < length; i++) bytes[at + i] = (byte)random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                break;
            case 4:
                // The largest length that a varint can encode, at any place.
                byte[] huge = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01];
                bytes.InsertRange(at, huge.AsSpan(random.Next(huge.Length)).ToArray());
                break;
            default:
                for (var i = 0; i < length; i++) bytes[at + i] = 0;
                break;
        }
    }
}
