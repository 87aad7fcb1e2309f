#pragma once
#include "network.h"

class ProfileImpl final : public VOptimizationProfile, private Counted
{
public:
    ProfileImpl() : Counted("profile") {}
    Bool setDimensions(char const* name, int32_t selector, Dims const* dims) override;
    Dims getDimensions(char const* name, int32_t selector) const override;
    Bool setExtraMemoryTarget(float target) override;
    float getExtraMemoryTarget() const override { return mExtra; }
    Bool isValid() const override;

    Profile ranges;

private:
    float mExtra = 1.0f;
};

class TimingCacheImpl final : public VTimingCache, private Counted
{
public:
    explicit TimingCacheImpl(std::string bytes) : Counted("timingCache"), bytes(std::move(bytes)) {}
    IHostMemory* serialize() const override { return makeHostMemory(bytes); }
    Bool combine(ITimingCache const* other, bool) override;
    Bool reset() override;

    mutable std::string bytes;
};

// The first bytes of a serialized timing cache of the stand-in; the version follows.
std::string emptyTimingCache();

class BuilderConfigImpl final : public VBuilderConfig, public Family, private Counted
{
public:
    BuilderConfigImpl(Family const* builder, ILogger* logger) : Family(builder), Counted("builderConfig"), mLogger(logger) {}
    void setFlags(uint32_t flags) override { mFlags = flags; }
    uint32_t getFlags() const override { return mFlags; }
    void clearFlag(int32_t flag) override { mFlags &= ~(1u << flag); }
    void setFlag(int32_t flag) override;
    Bool getFlag(int32_t flag) const override { return answer(has(flag)); }
    int32_t addOptimizationProfile(IOptimizationProfile const* profile) override;
    int32_t getNbOptimizationProfiles() const override { return static_cast<int32_t>(profiles.size()); }
    void setProfilingVerbosity(int32_t verbosity) override { mVerbosity = verbosity; }
    int32_t getProfilingVerbosity() const override { return mVerbosity; }
    Bool setTacticSources(uint32_t sources) override;
    uint32_t getTacticSources() const override { return mSources; }
    ITimingCache* createTimingCache(void const* data, size_t size) const override;
    Bool setTimingCache(ITimingCache const* cache, bool) override;
    ITimingCache const* getTimingCache() const override { return timingCache; }
    void setMemoryPoolLimit(int32_t pool, size_t limit) override { mLimits[pool] = limit; }
    size_t getMemoryPoolLimit(int32_t pool) const override;
    void setBuilderOptimizationLevel(int32_t level) override { mLevel = level; }
    int32_t getBuilderOptimizationLevel() const override { return mLevel; }
    void setHardwareCompatibilityLevel(int32_t level) override { mHardware = level; }
    int32_t getHardwareCompatibilityLevel() const override { return mHardware; }
    void setPluginsToSerialize(char const* const* paths, int32_t number) override { mPlugins.assign(paths, paths + number); }
    int32_t getNbPluginsToSerialize() const override { return static_cast<int32_t>(mPlugins.size()); }
    char const* getPluginToSerialize(int32_t index) const override { return mPlugins.at(index).c_str(); }
    MaxAuxStreamsResult setMaxAuxStreams(int32_t streams) override;
    int32_t getMaxAuxStreams() const override { return mAuxStreams; }
    void setProgressMonitor(IProgressMonitor* given) override { monitor = given; }
    IProgressMonitor* getProgressMonitor() const override { return monitor; }
#if FAKE_MAJOR < 11
    void setInt8Calibrator(IInt8Calibrator* calibrator) override { mCalibrator = calibrator; }
    IInt8Calibrator* getInt8Calibrator() const override { return mCalibrator; }
    Bool setCalibrationProfile(IOptimizationProfile const*) override { return answer(true); }
#endif

    bool has(int32_t flag) const { return (mFlags >> flag & 1u) != 0; }
    // Flags by their number in the simulated major version.
    bool isRefittable() const
    {
        return has(4) || isStripped() || has(FAKE_MAJOR < 11 ? 20 : 19) || has(FAKE_MAJOR < 11 ? 23 : 22);
    }
    bool isStripped() const { return has(FAKE_MAJOR < 11 ? 19 : 18); }
    bool isVersionCompatible() const { return has(FAKE_MAJOR < 11 ? 13 : 12); }

    // The type that layers compute in by the flags of a weakly typed network; INT8 and FP8 go before 16 bits.
    int32_t layerType() const;
    bool obeys() const { return FAKE_MAJOR < 11 && (has(9) || has(10)); }

    // Sets the counters to the settings of the last build.
    void noteOptions() const;
    // Reads all batches of the calibrator and counts them.
    void calibrate(std::vector<Tensor> const& inputs) const;

    std::vector<Profile> profiles;
    IProgressMonitor* monitor = nullptr;
    ITimingCache const* timingCache = nullptr;

private:
    ILogger* mLogger;
    uint32_t mFlags = 1u << 6;
    uint32_t mSources = 0;
    int32_t mVerbosity = 0;
    int32_t mLevel = 3;
    int32_t mHardware = 0;
    int32_t mAuxStreams = -1;
    std::map<int32_t, size_t> mLimits;
    std::vector<std::string> mPlugins;
#if FAKE_MAJOR < 11
    IInt8Calibrator* mCalibrator = nullptr;
#endif
};
