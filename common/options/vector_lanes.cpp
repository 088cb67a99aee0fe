#include "common/options/chain_lanes.h"
#include "common/options/lane_kernel.h"

#include <immintrin.h>
#include <math.h>  // FP_FAST_FMA, which sleef.h asks for
#include <sleef.h>

namespace sauda::options {
namespace {

constexpr unsigned long kLanes = 4;

struct VectorMask {
    __m256d bits;
};

VectorMask operator&(VectorMask a, VectorMask b) { return {_mm256_and_pd(a.bits, b.bits)}; }
VectorMask operator|(VectorMask a, VectorMask b) { return {_mm256_or_pd(a.bits, b.bits)}; }
VectorMask operator^(VectorMask a, VectorMask b) { return {_mm256_xor_pd(a.bits, b.bits)}; }

// Four doubles with the operations of lane_kernel.h.
struct VectorLane {
    using Mask = VectorMask;
    __m256d value;
    static VectorLane of(double value) { return {_mm256_set1_pd(value)}; }
};

VectorLane operator+(VectorLane a, VectorLane b) { return {_mm256_add_pd(a.value, b.value)}; }
VectorLane operator-(VectorLane a, VectorLane b) { return {_mm256_sub_pd(a.value, b.value)}; }
VectorLane operator*(VectorLane a, VectorLane b) { return {_mm256_mul_pd(a.value, b.value)}; }
VectorLane operator/(VectorLane a, VectorLane b) { return {_mm256_div_pd(a.value, b.value)}; }
VectorMask operator<(VectorLane a, VectorLane b) {
    return {_mm256_cmp_pd(a.value, b.value, _CMP_LT_OQ)};
}
VectorMask operator>(VectorLane a, VectorLane b) {
    return {_mm256_cmp_pd(a.value, b.value, _CMP_GT_OQ)};
}
VectorMask operator<=(VectorLane a, VectorLane b) {
    return {_mm256_cmp_pd(a.value, b.value, _CMP_LE_OQ)};
}
VectorMask operator>=(VectorLane a, VectorLane b) {
    return {_mm256_cmp_pd(a.value, b.value, _CMP_GE_OQ)};
}
VectorMask operator!=(VectorLane a, VectorLane b) {
    return {_mm256_cmp_pd(a.value, b.value, _CMP_NEQ_UQ)};
}

VectorLane fma(VectorLane a, VectorLane b, VectorLane c) {
    return {_mm256_fmadd_pd(a.value, b.value, c.value)};
}
VectorLane fnma(VectorLane a, VectorLane b, VectorLane c) {
    return {_mm256_fnmadd_pd(a.value, b.value, c.value)};
}
VectorLane min(VectorLane a, VectorLane b) { return {_mm256_min_pd(a.value, b.value)}; }
VectorLane max(VectorLane a, VectorLane b) { return {_mm256_max_pd(a.value, b.value)}; }
VectorLane abs(VectorLane a) { return {_mm256_andnot_pd(_mm256_set1_pd(-0.0), a.value)}; }
VectorLane select(VectorMask mask, VectorLane yes, VectorLane no) {
    return {_mm256_blendv_pd(no.value, yes.value, mask.bits)};
}
VectorLane negate_unless(VectorMask mask, VectorLane a) {
    return {_mm256_xor_pd(a.value, _mm256_andnot_pd(mask.bits, _mm256_set1_pd(-0.0)))};
}
VectorLane exp_of(VectorLane a) { return {Sleef_finz_expd4_u10avx2(a.value)}; }
VectorLane log_of(VectorLane a) { return {Sleef_finz_logd4_u10avx2(a.value)}; }

VectorMask calls_of(const unsigned char* is_call, unsigned long count) {
    int bytes = 0;
    __builtin_memcpy(&bytes, is_call, count);
    const __m256i wide = _mm256_cvtepu8_epi64(_mm_cvtsi32_si128(bytes));
    return {_mm256_castsi256_pd(_mm256_cmpgt_epi64(wide, _mm256_setzero_si256()))};
}

// Up to four options from index i on. Lanes beyond `count` hold a strike of 0 and are not stored.
template <bool kHigher, bool kFull>
void price_four(const LaneTerms<VectorLane>& shared, const ChainArrays& chain, unsigned long i,
                unsigned long count) {
    const __m256i used = _mm256_cmpgt_epi64(_mm256_set1_epi64x(static_cast<long long>(count)),
                                            _mm256_setr_epi64x(0, 1, 2, 3));
    const auto load = [&](const double* from) -> VectorLane {
        return {kFull ? _mm256_loadu_pd(from + i) : _mm256_maskload_pd(from + i, used)};
    };
    const auto store = [&](double* to, VectorLane lane) {
        if constexpr (kFull) {
            _mm256_storeu_pd(to + i, lane.value);
        } else {
            _mm256_maskstore_pd(to + i, used, lane.value);
        }
    };
    const auto result =
        price_lane<VectorLane, kHigher>(shared, load(chain.strike), load(chain.volatility),
                                        calls_of(chain.is_call + i, kFull ? kLanes : count));
    store(chain.price, result.price);
    store(chain.delta, result.delta);
    store(chain.gamma, result.gamma);
    store(chain.vega, result.vega);
    store(chain.theta, result.theta);
    if constexpr (kHigher) {
        store(chain.rho, result.rho);
        store(chain.vanna, result.vanna);
        store(chain.volga, result.volga);
        store(chain.charm, result.charm);
    }
}

template <bool kHigher>
void price_all(const ExpiryTerms& terms, const ChainArrays& chain) {
    const LaneTerms<VectorLane> shared(terms);
    unsigned long i = 0;
    for (; i + kLanes <= chain.size; i += kLanes) {
        price_four<kHigher, true>(shared, chain, i, kLanes);
    }
    if (i < chain.size) {
        price_four<kHigher, false>(shared, chain, i, chain.size - i);
    }
}

}  // namespace

void price_vector_lanes(const ExpiryTerms& terms, const ChainArrays& chain) {
    chain.rho == nullptr ? price_all<false>(terms, chain) : price_all<true>(terms, chain);
}

}  // namespace sauda::options
