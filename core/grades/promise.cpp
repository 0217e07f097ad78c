// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/grades/promise.h"

namespace halfopen {

namespace {

Promise promiseOf(const Moment& moment, const Forecast& forecast, MonotonicTime sampled) {
    const auto at = [&](Millis time) {
        return time == Millis::max() ? MonotonicTime::max() : sampled + std::chrono::milliseconds(time.count());
    };
    return {.made = sampled,
            .expected = at(moment.expected),
            .earliest = at(moment.earliest),
            .latest = at(moment.latest),
            .assumes = forecast.assumes,
            .conditions = forecast.conditions,
            .seen = {},
            .point = moment.exact()};
}

} // namespace

Promise nextPromise(const Forecast& forecast, MonotonicTime sampled) {
    return promiseOf(forecast.next, forecast, sampled);
}

Promise endPromise(const Forecast& forecast, MonotonicTime sampled) {
    Promise promise = promiseOf(forecast.givesUp, forecast, sampled);
    promise.point = promise.point || forecast.endIsPoint;
    return promise;
}

bool meets(const Promise& promise, const Came& came) {
    return came.latest >= promise.earliest - kGradeAllowance &&
           (promise.latest == MonotonicTime::max() || came.earliest <= promise.latest + kGradeAllowance);
}

bool contradict(const Promise& earlier, const Promise& later) {
    return !meets(earlier, {later.earliest, later.latest});
}

std::chrono::nanoseconds errorOf(const Promise& promise, const Came& came) {
    const MonotonicTime first = promise.point ? promise.expected : promise.earliest;
    const MonotonicTime last = promise.point ? promise.expected : promise.latest;
    if (came.latest < first)
        return came.latest - first;
    return came.earliest > last ? came.earliest - last : std::chrono::nanoseconds(0);
}

} // namespace halfopen
