// A small path tracer for the scenes this network is trained on: a table, a wall, one soft light, and objects given as
// signed distance functions. The same source compiles with nvcc (fast) and with a C++ compiler (slow, for a look).
// Licence: MIT, as the rest of the repository.
#pragma once
#include <cmath>
#include <cstdint>

#ifdef __CUDACC__
#define HD __host__ __device__ inline
#else
#define HD inline
#endif

struct V { float x, y, z; };
HD V v3(float x, float y, float z) { return V{x, y, z}; }
HD V operator+(V a, V b) { return v3(a.x + b.x, a.y + b.y, a.z + b.z); }
HD V operator-(V a, V b) { return v3(a.x - b.x, a.y - b.y, a.z - b.z); }
HD V operator*(V a, V b) { return v3(a.x * b.x, a.y * b.y, a.z * b.z); }
HD V operator*(V a, float s) { return v3(a.x * s, a.y * s, a.z * s); }
HD float dot(V a, V b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
HD V cross(V a, V b) { return v3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x); }
HD float len(V a) { return sqrtf(dot(a, a)); }
HD V unit(V a) { return a * (1.0f / fmaxf(len(a), 1e-9f)); }
HD float len2(float a, float b) { return sqrtf(a * a + b * b); }
HD float clampf(float x, float a, float b) { return fminf(fmaxf(x, a), b); }
HD float smooth(float a, float b, float x) { float t = clampf((x - a) / (b - a), 0, 1); return t * t * (3 - 2 * t); }
HD V mix(V a, V b, float t) { return a * (1 - t) + b * t; }
HD float smin(float a, float b, float k) { float h = fmaxf(k - fabsf(a - b), 0.0f) / k; return fminf(a, b) - h * h * k * 0.25f; }

// What Python packs; every member is 4 bytes wide (scenes.py holds the same layouts as numpy dtypes).
struct Surface { float kind, texture, scale, turn; V a, b; float gloss, rough; };
struct Object { float kind, label; V pos; float m[9]; float size, bound; float p[8]; V a, b, c; float pattern, texture, gloss, rough, seed; };
struct Scene {
    V eye, right, up, front; float tanHalf, lens, focus;
    V lightPos, lightU, lightV, lightColour; V skyTop, skyLow; float wallZ, exposure;
    Surface floor, wall; float count, seed; Object obj[24];
};
enum Kind { MUG, BOTTLE, APPLE, BANANA, DIE, COIN, BOX, SPHERE, CONE, RING };

struct Textures { const uint8_t* photos; const uint8_t* coins; };   // [n][512][512][3], [24][64][64][3]

struct Rng { uint32_t s; };
HD uint32_t hashU(uint32_t x) { x ^= x >> 16; x *= 0x7feb352dU; x ^= x >> 15; x *= 0x846ca68bU; x ^= x >> 16; return x; }
HD float rnd(Rng& r) { r.s = r.s * 747796405u + 2891336453u; uint32_t w = ((r.s >> ((r.s >> 28) + 4)) ^ r.s) * 277803737u; w = (w >> 22) ^ w; return (w >> 8) * (1.0f / 16777216.0f); }

HD float lattice(int x, int y, int z) { return (hashU((uint32_t)x * 73856093u ^ (uint32_t)y * 19349663u ^ (uint32_t)z * 83492791u) >> 8) * (1.0f / 16777216.0f); }
HD float noise(V p) {
    float fx = floorf(p.x), fy = floorf(p.y), fz = floorf(p.z); int x = (int)fx, y = (int)fy, z = (int)fz;
    float u = p.x - fx, v = p.y - fy, w = p.z - fz; u = u * u * (3 - 2 * u); v = v * v * (3 - 2 * v); w = w * w * (3 - 2 * w);
    float r = 0;
    for (int i = 0; i < 8; i++) {
        int a = i & 1, b = (i >> 1) & 1, c = i >> 2;
        r += (a ? u : 1 - u) * (b ? v : 1 - v) * (c ? w : 1 - w) * lattice(x + a, y + b, z + c);
    }
    return r;
}
HD float fbm(V p) { float s = 0, a = 0.5f; for (int i = 0; i < 4; i++) { s += a * noise(p); p = p * 2.03f + v3(7.1f, 3.3f, 1.7f); a *= 0.5f; } return s; }

HD V texel(const uint8_t* t, int n, int x, int y) { x = ((x % n) + n) % n; y = ((y % n) + n) % n; const uint8_t* q = t + (y * n + x) * 3; return v3(q[0], q[1], q[2]) * (1.0f / 255.0f); }
HD V lookup(const uint8_t* t, int n, float u, float v) {
    u = u * n - 0.5f; v = v * n - 0.5f; float fu = floorf(u), fv = floorf(v); int x = (int)fu, y = (int)fv; float a = u - fu, b = v - fv;
    V c = mix(mix(texel(t, n, x, y), texel(t, n, x + 1, y), a), mix(texel(t, n, x, y + 1), texel(t, n, x + 1, y + 1), a), b);
    return c * c;   // gamma 2, near enough to sRGB
}

// ---- shapes: object space, y up, before scaling by `size`
HD float cylinder(V p, float r, float h, float round) {   // centred, half height h
    float dx = len2(p.x, p.z) - r + round, dy = fabsf(p.y) - h + round;
    return fminf(fmaxf(dx, dy), 0.0f) + len2(fmaxf(dx, 0), fmaxf(dy, 0)) - round;
}
HD float capsule(V p, V a, V b, float r) { V pa = p - a, ba = b - a; float h = clampf(dot(pa, ba) / dot(ba, ba), 0, 1); return len(pa - ba * h) - r; }
HD float box(V p, V h, float round) {
    V q = v3(fabsf(p.x) - h.x + round, fabsf(p.y) - h.y + round, fabsf(p.z) - h.z + round);
    return len(v3(fmaxf(q.x, 0), fmaxf(q.y, 0), fmaxf(q.z, 0))) + fminf(fmaxf(q.x, fmaxf(q.y, q.z)), 0.0f) - round;
}
HD float bottleRadius(const Object& o, float y) {   // p: body r, body height, neck r, total height
    float r = o.p[0], hb = o.p[1], rn = o.p[2], h = o.p[3], sh = o.p[4];
    float t = smooth(hb, hb + sh, y);
    float base = r + (rn - r) * t;
    if (y > h - 0.16f) base = fmaxf(base, rn * 1.16f);
    return base;
}
HD float sdf(const Object& o, V p) {
    switch ((int)o.kind) {
    case MUG: {   // p: radius, half height, wall, handle size, taper, coffee level
        float r = o.p[0] * (1 + o.p[4] * p.y), h = o.p[1], t = o.p[2];
        float outer = cylinder(p, r, h, 0.03f);
        float inner = cylinder(p - v3(0, t + 0.15f, 0), r - t, h + 0.15f - t * 0.0f, 0.03f);
        V q = p - v3(o.p[0], 0, 0); float hs = o.p[3];
        float hx = q.x / 0.8f, ring = len2(hx, q.y) - hs;
        float handle = len2(ring * 0.9f, q.z) - t * 0.75f;
        handle = fmaxf(handle, -(cylinder(p, r - t * 0.5f, h, 0.0f)));
        float cup = fmaxf(smin(outer, handle, 0.06f), -inner);
        float coffee = cylinder(p - v3(0, -h + o.p[5] * h, 0), r - t * 0.8f, o.p[5] * h, 0.0f);
        return fminf(cup, coffee) * 0.85f;
    }
    case BOTTLE: {
        float h = o.p[3], q = len2(p.x, p.z), y = p.y + h * 0.5f;
        float d = (q - bottleRadius(o, clampf(y, 0, h))) * 0.55f, cap = fabsf(p.y) - h * 0.5f;
        float dx = d + 0.03f, dy = cap + 0.03f;
        return fminf(fmaxf(dx, dy), 0.0f) + len2(fmaxf(dx, 0), fmaxf(dy, 0)) - 0.03f;
    }
    case APPLE: {   // a spindle torus gives both dimples; p: ring, tube, taper, lobes, stem lean, leaf
        float s = 1 + o.p[2] * p.y; float x = p.x / s, z = p.z / s, an = atan2f(z, x);
        float lobe = 1 + o.p[3] * cosf(5 * an) * clampf(-p.y, 0, 1);
        float d = (len2(len2(x, z) - o.p[0], p.y * o.p[6]) - o.p[1] * lobe) * 0.75f;
        float top = o.p[1] / o.p[6];
        d = fminf(d, capsule(p, v3(0, top * 0.45f, 0), v3(o.p[4], top * 1.25f, o.p[4] * 0.4f), 0.035f));
        if (o.p[5] > 0) {
            V q = p - v3(0.26f, top * 1.12f, 0.02f); float c = 0.92f, sn = 0.38f;
            V w = v3(c * q.x + sn * q.y, -sn * q.x + c * q.y + 0.35f * q.x * q.x, q.z);
            float e = len(v3(w.x / 0.3f, w.y / 0.03f, w.z / 0.13f)); d = fminf(d, (e - 1) * 0.028f);
        }
        return d;
    }
    case BANANA: {   // p: arc radius, half angle, thickness
        float an = clampf(atan2f(p.z, p.x), -o.p[1], o.p[1]), u = an / o.p[1];
        V c = v3(o.p[0] * cosf(an), 0, o.p[0] * sinf(an)), q = p - c;
        float k = 1 - 0.55f * powf(fabsf(u), 3.0f); k *= 1 - 0.6f * smooth(0.80f, 0.97f, u); k *= 1 - 0.45f * smooth(-0.88f, -1.0f, u);
        float rr = len2(p.x, p.z) - o.p[0], fa = atan2f(q.y, rr);
        return (len(q) - o.p[2] * k * (1 + 0.035f * cosf(5 * fa + 0.6f))) * 0.8f;
    }
    case DIE: return fmaxf(box(p, v3(0.5f, 0.5f, 0.5f), 0.09f), len(p) - o.p[0]);
    case COIN: return cylinder(p, 0.5f, o.p[0], fminf(0.02f, o.p[0] * 0.6f));
    case BOX: return box(p, v3(o.p[0], o.p[1], o.p[2]), 0.02f);
    case SPHERE: return len(p) - 0.5f;
    case CONE: { float q = len2(p.x, p.z); return fmaxf((q - o.p[0] * (0.5f - p.y)) * 0.8f, fabsf(p.y) - 0.5f); }
    default: return len2(len2(p.x, p.z) - 0.38f, p.y) - o.p[0];
    }
}
HD V toLocal(const Object& o, V d) { return v3(o.m[0] * d.x + o.m[3] * d.y + o.m[6] * d.z, o.m[1] * d.x + o.m[4] * d.y + o.m[7] * d.z, o.m[2] * d.x + o.m[5] * d.y + o.m[8] * d.z); }
HD V toWorld(const Object& o, V d) { return v3(o.m[0] * d.x + o.m[1] * d.y + o.m[2] * d.z, o.m[3] * d.x + o.m[4] * d.y + o.m[5] * d.z, o.m[6] * d.x + o.m[7] * d.y + o.m[8] * d.z); }

struct Hit { float t; int what; };   // what: -1 nothing, 0 floor, 1 wall, 2 light, 3+i object i

HD Hit trace(const Scene& s, V o, V d, float tMax, bool seeLight) {
    Hit h{tMax, -1};
    if (d.y < -1e-6f) { float t = -o.y / d.y; if (t > 1e-4f && t < h.t) h = Hit{t, 0}; }
    if (d.z < -1e-6f) { float t = (s.wallZ - o.z) / d.z; if (t > 1e-4f && t < h.t) h = Hit{t, 1}; }
    if (seeLight) {
        V n = cross(s.lightU, s.lightV); float dn = dot(n, d);
        if (dn < 0) { float t = dot(n, s.lightPos - o) / dn; V q = o + d * t - s.lightPos;
            if (t > 1e-3f && t < h.t && fabsf(dot(q, s.lightU)) < dot(s.lightU, s.lightU) && fabsf(dot(q, s.lightV)) < dot(s.lightV, s.lightV)) h = Hit{t, 2}; }
    }
    int n = (int)s.count;
    for (int i = 0; i < n; i++) {
        const Object& b = s.obj[i];
        V oc = o - b.pos; float bb = dot(oc, d), cc = dot(oc, oc) - b.bound * b.bound, disc = bb * bb - cc;
        if (disc <= 0) continue;
        float sq = sqrtf(disc), t0 = fmaxf(-bb - sq, 0.0f), t1 = fminf(-bb + sq, h.t);
        if (t1 <= t0) continue;
        float inv = 1.0f / b.size; V lo = toLocal(b, oc) * inv, ld = toLocal(b, d);
        float t = t0, eps = 6e-4f;
        for (int k = 0; k < 96 && t < t1; k++) {
            float dist = sdf(b, lo + ld * (t * inv)) * b.size;
            if (dist < eps * b.size) { h = Hit{t, 3 + i}; break; }
            t += dist;
        }
    }
    return h;
}

HD V surfaceColour(const Surface& f, const Textures& tx, float u, float v) {
    float c = cosf(f.turn), s = sinf(f.turn), x = (c * u - s * v) * f.scale, y = (s * u + c * v) * f.scale;
    switch ((int)f.kind) {
    case 1: return lookup(tx.photos + (int)f.texture * 786432, 512, x * 0.25f, y * 0.25f) * f.a;
    case 2: {   // planks of wood
        float plank = floorf(y * 1.3f), shift = lattice((int)plank, 3, 9);
        float g = fbm(v3(x * 0.7f + shift * 40, y * 9, shift * 10)), ring = 0.5f + 0.5f * sinf((g * 9 + y * 7 + shift * 20) * 1.0f);
        V k = mix(f.a, f.b, clampf(ring * 0.6f + 0.5f * fbm(v3(x * 3, y * 60, 1)) - 0.1f, 0, 1)) * (0.8f + 0.4f * shift);
        float e = fabsf(y * 1.3f - plank - 0.5f); return k * (1 - 0.6f * smooth(0.485f, 0.497f, e));
    }
    case 3: { int q = ((int)floorf(x) + (int)floorf(y)) & 1; return q ? f.a : f.b; }
    case 4: { float t = smooth(0.45f, 0.55f, 0.5f + 0.5f * sinf(x * 3)); float w = 0.92f + 0.08f * sinf(x * 90) * sinf(y * 90); return mix(f.a, f.b, t) * w; }
    case 5: { float t = fbm(v3(x, y, f.texture)); t = 0.5f + 0.5f * sinf(x * 2 + t * 12); return mix(f.a, f.b, powf(t, 3)); }
    case 6: { float t = fbm(v3(x * 6, y * 6, f.texture)); return mix(f.a, f.b, smooth(0.3f, 0.7f, t)); }
    case 7: { float a = x * 3 - floorf(x * 3) - 0.5f, b = y * 3 - floorf(y * 3) - 0.5f; return len2(a, b) < 0.22f ? f.b : f.a; }   // dotted cloth
    default: return f.a * (0.94f + 0.12f * fbm(v3(x * 8, y * 8, 2)));
    }
}

HD V pattern(const Object& o, float u, float v) {   // u around 0..1, v up 0..1
    switch ((int)o.pattern) {
    case 1: return fabsf(v - 0.55f) < 0.12f ? o.b : o.a;                                    // one band
    case 2: return sinf(v * 40) > 0.2f ? o.b : o.a;                                         // rings
    case 3: return v > 0.5f ? o.b : o.a;                                                    // two tones
    case 4: return sinf(u * 6.2832f * 10) > 0.0f ? o.b : o.a;                               // upright stripes
    case 5: { float a = u * 12 - floorf(u * 12) - 0.5f, b = v * 4 - floorf(v * 4) - 0.5f; return len2(a, b) < 0.28f ? o.b : o.a; }   // dots
    case 6: return ((int)floorf(u * 12) + (int)floorf(v * 4)) & 1 ? o.b : o.a;              // checks
    case 7: return fabsf(v - 0.5f + 0.08f * sinf(u * 6.2832f * 6)) < 0.07f ? o.b : o.a;     // a wave
    case 8: { float a = u * 10 - floorf(u * 10) - 0.5f, b = v * 3 - floorf(v * 3) - 0.5f; return fabsf(a) + fabsf(b) < 0.4f ? o.b : o.a; }   // lozenges
    default: return o.a;
    }
}

HD V objectColour(const Object& o, const Textures& tx, V p, V n, float& gloss, float& rough) {
    float an = atan2f(p.z, p.x), u = an / 6.2831853f + 0.5f, q = len2(p.x, p.z); gloss = o.gloss; rough = o.rough;
    switch ((int)o.kind) {
    case MUG: {
        float r = o.p[0] * (1 + o.p[4] * p.y), h = o.p[1];
        if (q < r - o.p[2] * 0.6f && p.y < h - 0.02f) { if (n.y > 0.7f && p.y > -h + 2 * o.p[5] * h - 0.02f) { gloss = 0.06f; rough = 0.02f; return v3(0.06f, 0.025f, 0.01f); } return o.c; }
        if (q > r + 0.02f) return o.a;
        return p.y > h - 0.03f ? o.a : pattern(o, u, p.y / (2 * h) + 0.5f);
    }
    case BOTTLE: {
        float h = o.p[3], y = p.y + h * 0.5f;
        if (y > h - 0.2f) { gloss = 0.05f; rough = 0.3f; return o.c; }
        if (y > o.p[1] * 0.2f && y < o.p[1] * 0.85f && o.p[5] > 0) { gloss = 0.02f; rough = 0.5f; float v = (y / o.p[1] - 0.2f) / 0.65f; return (v < 0.04f || v > 0.96f) ? o.a * 0.5f : pattern(o, u, v); }
        return o.p[5] > 0 ? o.c * 0.0f + v3(o.p[6], o.p[7], o.p[6] * 0.5f) : o.a;
    }
    case APPLE: {
        float top = o.p[1] / o.p[6];
        if (q < 0.09f && p.y > top * 0.42f) { gloss = 0.01f; rough = 0.6f; return v3(0.13f, 0.07f, 0.03f); }
        if (p.y > top * 1.04f) { gloss = 0.03f; return v3(0.07f, 0.22f, 0.04f) * (0.8f + 0.5f * noise(p * 20)); }
        float streak = fbm(v3(cosf(an) * 8 + o.seed, sinf(an) * 8, p.y * 1.6f)), k = smooth(0.15f, 0.75f, streak + o.p[7] * (0.4f * p.y + 0.2f * cosf(an + o.seed)));
        V c = mix(o.a, o.b, k); c = mix(c, v3(0.45f, 0.5f, 0.12f), smooth(0.34f, 0.05f, q) * (p.y > 0 ? 0.8f : 0.4f));
        float dot_ = noise(p * 45 + v3(o.seed, 0, 0)); return c * (0.93f + 0.14f * streak) + v3(0.12f, 0.10f, 0.05f) * smooth(0.86f, 0.93f, dot_);
    }
    case BANANA: {
        float w = clampf(atan2f(p.z, p.x) / o.p[1], -1, 1);
        V c = mix(o.a, o.b, smooth(0.55f, 0.95f, fabsf(w)) * 0.8f);
        float f = fbm(p * 7 + v3(o.seed, 0, 0)); c = mix(c, v3(0.22f, 0.11f, 0.03f), smooth(0.60f - o.p[3], 0.70f - o.p[3], f));
        if (w > 0.95f || w < -0.975f) c = v3(0.10f, 0.06f, 0.025f);
        return c * (0.85f + 0.25f * fbm(v3(w * 3, p.y * 30, o.seed)));
    }
    case DIE: {
        float ax = fabsf(p.x), ay = fabsf(p.y), az = fabsf(p.z); float a, b; int f;
        if (ay > ax && ay > az) { a = p.x; b = p.z; f = p.y > 0 ? 1 : 6; } else if (ax > az) { a = p.y; b = p.z; f = p.x > 0 ? 2 : 5; } else { a = p.x; b = p.y; f = p.z > 0 ? 3 : 4; }
        float r = o.p[1], g = 0.25f; bool pip = false; int k = (f + (int)o.p[2]) % 6 + 1;
        if (k & 1) pip = pip || len2(a, b) < r;
        if (k >= 2) pip = pip || len2(a - g, b - g) < r || len2(a + g, b + g) < r;
        if (k >= 4) pip = pip || len2(a - g, b + g) < r || len2(a + g, b - g) < r;
        if (k == 6) pip = pip || len2(a - g, b) < r || len2(a + g, b) < r;
        return pip ? o.b : o.a;
    }
    case COIN: {
        if (fabsf(n.y) < 0.6f) return o.a * (0.5f + 0.2f * sinf(an * 140));
        V c = lookup(tx.coins + (int)o.texture * 12288, 64, 0.5f + p.x * o.p[1], 0.5f + p.z * o.p[1]); float l = sqrtf(fmaxf(c.x, 0)); l = clampf((l - 0.25f) * 1.5f, 0.02f, 1.3f);
        return o.a * (l * 1.25f);
    }
    case BOX: { int f = fabsf(n.y) > 0.7f ? 1 : (fabsf(n.x) > 0.7f ? 0 : 2); return f == 0 ? v3(0.8f, 0.78f, 0.7f) : pattern(o, p.x / (2 * o.p[0]) + 0.5f, f == 1 ? p.z / (2 * o.p[2]) + 0.5f : 0.1f); }
    default: return pattern(o, u, p.y + 0.5f);
    }
}

HD V sky(const Scene& s, V d) { return mix(s.skyLow, s.skyTop, smooth(-0.1f, 0.8f, d.y)); }
HD V hemisphere(V n, float u, float v) {
    V a = fabsf(n.x) > 0.8f ? v3(0, 1, 0) : v3(1, 0, 0), t = unit(cross(n, a)), b = cross(n, t); float r = sqrtf(u), f = 6.2831853f * v;
    return unit(t * (r * cosf(f)) + b * (r * sinf(f)) + n * sqrtf(fmaxf(0.0f, 1 - u)));
}

HD V radiance(const Scene& s, const Textures& tx, V o, V d, Rng& g, int bounces) {
    V sum = v3(0, 0, 0), w = v3(1, 1, 1); bool seeLight = true;
    V ln = cross(s.lightU, s.lightV); float area = 4 * len(ln); ln = unit(ln);
    for (int k = 0; k < bounces; k++) {
        Hit h = trace(s, o, d, 60.0f, seeLight && k > 0);
        if (h.what == -1) { sum = sum + w * sky(s, d); break; }
        if (h.what == 2) { sum = sum + w * s.lightColour; break; }
        V p = o + d * h.t, n, c; float gloss, rough;
        if (h.what == 0) { n = v3(0, 1, 0); c = surfaceColour(s.floor, tx, p.x, p.z); gloss = s.floor.gloss; rough = s.floor.rough; }
        else if (h.what == 1) { n = v3(0, 0, 1); c = surfaceColour(s.wall, tx, p.x, -p.y); gloss = s.wall.gloss; rough = s.wall.rough; }
        else {
            const Object& b = s.obj[h.what - 3]; V l = toLocal(b, p - b.pos) * (1.0f / b.size); float e = 1.5e-3f;
            V nl = unit(v3(sdf(b, l + v3(e, 0, 0)) - sdf(b, l - v3(e, 0, 0)), sdf(b, l + v3(0, e, 0)) - sdf(b, l - v3(0, e, 0)), sdf(b, l + v3(0, 0, e)) - sdf(b, l - v3(0, 0, e))));
            c = objectColour(b, tx, l, nl, gloss, rough);
            if ((int)b.kind == COIN && fabsf(nl.y) > 0.6f) {   // relief of the coin's face, from its photograph
                float q = 0.03f; const uint8_t* t = tx.coins + (int)b.texture * 12288; float u = 0.5f + l.x * b.p[1], v = 0.5f + l.z * b.p[1];
                float gx = lookup(t, 64, u + q, v).x - lookup(t, 64, u - q, v).x, gz = lookup(t, 64, u, v + q).x - lookup(t, 64, u, v - q).x; nl = unit(nl + v3(-gx, 0, -gz) * 0.5f);
            }
            n = toWorld(b, nl);
            if (dot(n, d) > 0) n = n - d * (1.02f * dot(n, d));
            n = unit(n);
        }
        p = p + n * 2e-3f;
        float cosI = fmaxf(-dot(n, d), 0.0f), m = 1 - cosI, f = gloss + (1 - gloss) * m * m * m * m * m * (1 - rough) * 0.8f;
        if (gloss > 0 && rnd(g) < f) {
            d = d + n * (2 * cosI); d = unit(d + hemisphere(n, rnd(g), rnd(g)) * rough * 0.7f); if (dot(d, n) < 0.01f) d = unit(d + n * 0.1f);
            if ((gloss > 0.2f)) w = w * c * 1.3f;
            seeLight = true;
        } else {
            w = w * c;
            V lp = s.lightPos + s.lightU * (2 * rnd(g) - 1) + s.lightV * (2 * rnd(g) - 1), l = lp - p; float d2 = dot(l, l), dist = sqrtf(d2); l = l * (1 / dist);
            float a = dot(n, l), b = -dot(ln, l);
            if (a > 0 && b > 0 && trace(s, p, l, dist - 1e-2f, false).what == -1) sum = sum + w * s.lightColour * (a * b * area / (d2 * 3.14159265f));
            d = hemisphere(n, rnd(g), rnd(g)); seeLight = false;
        }
        o = p;
        if (k > 1 && fmaxf(w.x, fmaxf(w.y, w.z)) < 0.03f) break;
    }
    return v3(fminf(sum.x, 4), fminf(sum.y, 4), fminf(sum.z, 4));
}

HD float tone(float x) { x = fmaxf(x, 0.0f); x = x * (2.51f * x + 0.03f) / (x * (2.43f * x + 0.59f) + 0.14f); return powf(clampf(x, 0, 1), 1 / 2.2f); }

// One pixel: colour by many jittered paths, instance (index of the object + 1, else 0) by the one ray through its middle.
HD void pixel(const Scene& s, const Textures& tx, int w, int h, int spp, int x, int y, uint8_t* rgb, uint8_t* id) {
    Rng g{hashU((uint32_t)(y * w + x) ^ hashU((uint32_t)s.seed + 12345u))}; V c = v3(0, 0, 0); float asp = (float)w / h;
    for (int k = -1; k < spp; k++) {
        float jx = k < 0 ? 0.5f : rnd(g), jy = k < 0 ? 0.5f : rnd(g);
        float u = (2 * (x + jx) / w - 1) * asp * s.tanHalf, v = (1 - 2 * (y + jy) / h) * s.tanHalf;
        V d = unit(s.front + s.right * u + s.up * v), o = s.eye;
        if (k < 0) { Hit t = trace(s, o, d, 60.0f, false); *id = t.what >= 3 && s.obj[t.what - 3].label >= 0 ? (uint8_t)(t.what - 2) : 0; continue; }
        if (s.lens > 0) { float r = s.lens * sqrtf(rnd(g)), a = 6.2831853f * rnd(g); V f = o + d * (s.focus / dot(d, s.front)); o = o + s.right * (r * cosf(a)) + s.up * (r * sinf(a)); d = unit(f - o); }
        c = c + radiance(s, tx, o, d, g, 5);
    }
    c = c * (s.exposure / spp);
    rgb[0] = (uint8_t)(tone(c.x) * 255 + 0.5f); rgb[1] = (uint8_t)(tone(c.y) * 255 + 0.5f); rgb[2] = (uint8_t)(tone(c.z) * 255 + 0.5f);
}
