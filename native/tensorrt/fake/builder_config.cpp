#include "builder.h"

Bool ProfileImpl::setDimensions(char const* name, int32_t selector, Dims const* dims)
{
    if (name == nullptr || selector < 0 || selector > 2 || dims->nbDims < 0) return answer(false);
    for (int32_t i = 0; i < dims->nbDims; i++)
        if (dims->d[i] < 0) return answer(false);
    auto& range = ranges[name];
    (selector == 0 ? range.min : selector == 1 ? range.opt : range.max) = *dims;
    return answer(true);
}

Dims ProfileImpl::getDimensions(char const* name, int32_t selector) const
{
    auto const found = ranges.find(name);
    if (found == ranges.end()) return unknownDims();
    return selector == 0 ? found->second.min : selector == 1 ? found->second.opt : found->second.max;
}

Bool ProfileImpl::setExtraMemoryTarget(float target)
{
    if (target < 0.0f || target > 1.0f) return answer(false);
    mExtra = target;
    return answer(true);
}

Bool ProfileImpl::isValid() const
{
    for (auto const& entry : ranges)
        if (!inside(entry.second.opt, entry.second.min, entry.second.max)) return answer(false);
    return answer(true);
}

std::string emptyTimingCache() { return "FAKETIMING " + std::to_string(FAKE_VERSION) + "\n"; }

Bool TimingCacheImpl::combine(ITimingCache const* other, bool)
{
    auto const& more = static_cast<TimingCacheImpl const&>(*other->impl()).bytes;
    auto const head = emptyTimingCache().size();
    if (more.size() > head && bytes.find(more.substr(head)) == std::string::npos) bytes += more.substr(head);
    return answer(true);
}

Bool TimingCacheImpl::reset()
{
    bytes = emptyTimingCache();
    return answer(true);
}

void BuilderConfigImpl::setFlag(int32_t flag)
{
    int32_t const excludeLean = FAKE_MAJOR < 11 ? 14 : 13;
    if (flag == excludeLean && !isVersionCompatible())
        log(mLogger, kError,
            "IBuilderConfig::setFlag: Error Code 3: API Usage Error (EXCLUDE_LEAN_RUNTIME needs VERSION_COMPATIBLE)");
    else mFlags |= 1u << flag;
}

int32_t BuilderConfigImpl::addOptimizationProfile(IOptimizationProfile const* profile)
{
    auto const& added = static_cast<ProfileImpl const&>(*profile->impl());
    if ((added.isValid() & 1u) == 0) return -1;
    profiles.push_back(added.ranges);
    return getNbOptimizationProfiles() - 1;
}

Bool BuilderConfigImpl::setTacticSources(uint32_t sources)
{
    mSources = sources;
    return answer(true);
}

ITimingCache* BuilderConfigImpl::createTimingCache(void const* data, size_t size) const
{
    std::string bytes(static_cast<char const*>(data), size);
    auto const head = emptyTimingCache();
    if (size == 0) bytes = head;
    if (bytes.compare(0, head.size(), head) == 0) return new ITimingCache(new TimingCacheImpl(bytes));
    log(mLogger, kError, "IBuilderConfig::createTimingCache: Error Code 1: Serialization (timing cache of another version)");
    return nullptr;
}

Bool BuilderConfigImpl::setTimingCache(ITimingCache const* cache, bool)
{
    timingCache = cache;
    return answer(true);
}

size_t BuilderConfigImpl::getMemoryPoolLimit(int32_t pool) const
{
    auto const found = mLimits.find(pool);
    return found == mLimits.end() ? size_t{80} << 30 : found->second;
}

MaxAuxStreamsResult BuilderConfigImpl::setMaxAuxStreams(int32_t streams)
{
    mAuxStreams = streams;
#if FAKE_MAJOR >= 11
    return answer(true);
#endif
}

int32_t BuilderConfigImpl::layerType() const
{
    if (FAKE_MAJOR >= 11 || switchValue("ignoresPrecision") != 0) return kFloat;
    return has(15) ? 6 : has(1) ? kInt8 : has(17) ? kBf16 : has(0) ? kHalf : kFloat;
}

void BuilderConfigImpl::noteOptions() const
{
    note("built.flags", mFlags);
    note("built.level", mLevel);
    note("built.hardware", mHardware);
    note("built.profiles", getNbOptimizationProfiles());
    auto const workspace = mLimits.find(0);
    note("built.workspace", workspace == mLimits.end() ? -1 : static_cast<int64_t>(workspace->second));
}

void BuilderConfigImpl::calibrate(std::vector<Tensor> const& inputs) const
{
#if FAKE_MAJOR < 11
    if (mCalibrator == nullptr || !has(1)) return;
    std::vector<char const*> names;
    for (auto const& input : inputs) names.push_back(input.name.c_str());
    std::vector<void*> addresses(names.size());
    size_t length = 0;
    if (mCalibrator->getAlgorithm() != 2 || mCalibrator->readCalibrationCache(length) != nullptr) return;
    while (mCalibrator->getBatch(addresses.data(), names.data(), static_cast<int32_t>(names.size())))
    {
        count("calibrated.batches");
        // The device memory of the stand-in driver is readable: take the first value of the first input.
        float value = 0;
        memcpy(&value, addresses[0], sizeof(value));
        count("calibrated.sum", static_cast<int64_t>(value));
    }

    note("calibrated.batchSize", mCalibrator->getBatchSize());
    mCalibrator->writeCalibrationCache("table", 5);
#else
    static_cast<void>(inputs);
#endif
}
