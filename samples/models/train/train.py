"""Trains the network on rendered scenes: python3 train.py --out model.pt [--minutes 8] [--scenes 6000] [--resume model.pt].

Needs a CUDA GPU, PyTorch, nvcc and scikit-image (or --sources, an .npz that sources.py made)."""
import argparse, copy, math, time
import torch
import data, loss as losses, scenes, sources
from network import Segmenter


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--out", default="model.pt"); p.add_argument("--resume"); p.add_argument("--sources")
    p.add_argument("--minutes", type=float, default=8, help="training time, rendering not counted"); p.add_argument("--scenes", type=int, default=6000)
    p.add_argument("--first", type=int, default=0, help="seed of the first scene"); p.add_argument("--batch", type=int, default=96); p.add_argument("--spp", type=int, default=24)
    p.add_argument("--rate", type=float, default=2.5e-3); p.add_argument("--end-rate", type=float, default=0.01, help="last rate as a part of the first"); p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    torch.manual_seed(a.seed); torch.backends.cudnn.benchmark = True; torch.set_float32_matmul_precision("high")
    t0 = time.time()
    photos, coins = sources.load(a.sources)
    pool = data.add_plain_photographs(data.render_pool(a.scenes, photos, coins, a.first, spp=a.spp), photos, max(1, a.scenes // 300))
    print(f"{a.scenes} scenes rendered in {time.time() - t0:.0f} s", flush=True)
    net = Segmenter(len(scenes.CLASSES)).cuda().to(memory_format=torch.channels_last)
    if a.resume:
        net.load_state_dict(torch.load(a.resume, map_location="cuda"))
    mean = copy.deepcopy(net).eval()
    print(f"{sum(p.numel() for p in net.parameters())} parameters", flush=True)
    decay = [p for p in net.parameters() if p.ndim > 1]; plain = [p for p in net.parameters() if p.ndim <= 1]
    opt = torch.optim.AdamW([{"params": decay, "weight_decay": 0.03}, {"params": plain, "weight_decay": 0.0}], lr=a.rate, fused=True)
    start, step, total, sums = time.time(), 0, a.minutes * 60, torch.zeros(4, device="cuda")
    while (done := (time.time() - start) / total) < 1:
        rate = a.rate * min(1, (step + 1) / 300) * (a.end_rate + (1 - a.end_rate) * 0.5 * (1 + math.cos(math.pi * done)))
        for g in opt.param_groups:
            g["lr"] = rate
        x, labels, boxes, valid, ignored, masks = data.batch(pool, a.batch, gentle=done > 0.9)
        with torch.autocast("cuda", torch.bfloat16):
            out = net.raw(x.contiguous(memory_format=torch.channels_last))
        total_loss, parts = losses.loss(net, out, labels, boxes, valid, ignored, masks)
        opt.zero_grad(set_to_none=True); total_loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 10.0); opt.step()
        k = min(0.9995, (step + 1) / (step + 20))
        with torch.no_grad():
            torch._foreach_lerp_([q for q in mean.parameters()], [q.detach() for q in net.parameters()], 1 - k)
            for m, b in zip(mean.buffers(), net.buffers()):
                m.copy_(b)
        sums += torch.stack(parts); step += 1
        if step % 100 == 0:
            c, b, m, d = (sums / 100).tolist(); sums.zero_()
            print(f"step {step} {time.time() - start:.0f} s rate {rate:.5f} class {c:.3f} box {b:.3f} mask {m:.3f} dice {d:.3f}", flush=True)
            if step % 1000 == 0:
                torch.save(mean.state_dict(), a.out)
    torch.save(mean.state_dict(), a.out)
    print(f"{step} steps of {a.batch}, {time.time() - t0:.0f} s in all", flush=True)


if __name__ == "__main__":
    main()
