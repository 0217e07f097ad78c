// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actions/direct_first.h"

#include <cstddef>
#include <utility>

namespace halfopen {
namespace {

bool isRefused(const PrivilegeError& error) {
    return error.kind == PrivilegeErrorKind::NotAuthorized;
}

const Outcome<KeepaliveOptions>& outcomeOf(const SocketReading& reading) {
    return reading.options;
}
const Outcome<KeepaliveOptions>& outcomeOf(const SetResult& result) {
    return result.outcome;
}
const Outcome<void>& outcomeOf(const CloseResult& result) {
    return result.outcome;
}

void setRefusal(SocketReading& reading, const PrivilegeError& error) {
    reading.options = tl::unexpected(error);
}
void setRefusal(SetResult& result, const PrivilegeError& error) {
    result.outcome = tl::unexpected(error);
}
void setRefusal(CloseResult& result, const PrivilegeError& error) {
    result.outcome = tl::unexpected(error);
}

/// What the local backend said, and which of it is still open.
template <class Answer>
struct Partial {
    std::vector<Answer> answers;
    std::vector<std::size_t> refused; ///< indexes into answers
    std::vector<std::uint64_t> cookies() const {
        std::vector<std::uint64_t> all;
        for (const std::size_t index : refused)
            all.push_back(answers[index].cookie);
        return all;
    }
};

template <class Answer>
Partial<Answer> partialOf(std::vector<Answer> answers) {
    Partial<Answer> partial{std::move(answers), {}};
    for (std::size_t index = 0; index < partial.answers.size(); ++index)
        if (const auto& outcome = outcomeOf(partial.answers[index]); !outcome && isRefused(outcome.error()))
            partial.refused.push_back(index);
    return partial;
}

/// All of it is still open.
template <class Answer>
Partial<Answer> refusedAsAWhole(const std::vector<std::uint64_t>& cookies) {
    Partial<Answer> partial;
    for (const std::uint64_t cookie : cookies) {
        partial.refused.push_back(partial.answers.size());
        partial.answers.emplace_back().cookie = cookie;
    }
    return partial;
}

template <class Answer>
Outcome<std::vector<Answer>> merged(Partial<Answer> partial, Outcome<std::vector<Answer>> helper) {
    if (!helper && partial.refused.size() == partial.answers.size())
        return helper;
    for (std::size_t place = 0; place < partial.refused.size(); ++place) {
        Answer& answer = partial.answers[partial.refused[place]];
        if (!helper)
            setRefusal(answer, helper.error());
        else if (place < helper->size() && (*helper)[place].cookie == answer.cookie)
            answer = std::move((*helper)[place]);
    }
    return std::move(partial.answers);
}

} // namespace

void DirectFirst::isAt(RequestToken request, SocketOperations& backend, RequestToken token) {
    if (const auto open = m_open.find(request); open != m_open.end() && open->second.backend == &backend)
        open->second.token = token;
}

/// @param ask  (backend, cookies, done) -> the backend's token
template <class Answer, class Ask>
RequestToken DirectFirst::submit(std::vector<std::uint64_t> cookies, Ask ask, Done<std::vector<Answer>> done) {
    const RequestToken request = ++m_last;
    m_open.emplace(request, Open{m_local.get()});
    const RequestToken token = ask(*m_local, cookies,
                                   [this, life = std::weak_ptr(m_life), request, cookies, ask,
                                    done = std::move(done)](Outcome<std::vector<Answer>> local) {
                                       if (!life.expired())
                                           goOn<Answer>(request, cookies, std::move(local), ask, done);
                                   });
    isAt(request, *m_local, token);
    return m_open.contains(request) ? request : 0;
}

template <class Answer, class Ask>
void DirectFirst::goOn(RequestToken request, const std::vector<std::uint64_t>& cookies,
                       Outcome<std::vector<Answer>> local, Ask ask, Done<std::vector<Answer>> done) {
    const bool failed = !local && !isRefused(local.error());
    auto partial = local ? partialOf(std::move(*local)) : refusedAsAWhole<Answer>(cookies);
    if (failed || partial.refused.empty()) {
        m_open.erase(request);
        return local ? done(std::move(partial.answers)) : done(tl::unexpected(local.error()));
    }
    auto open = partial.cookies();
    m_open.insert_or_assign(request, Open{m_helper.get()});
    const RequestToken token = ask(*m_helper, std::move(open),
                                   [this, life = std::weak_ptr(m_life), request, partial = std::move(partial),
                                    done = std::move(done)](Outcome<std::vector<Answer>> helper) {
                                       if (life.expired())
                                           return;
                                       m_open.erase(request);
                                       done(merged(partial, std::move(helper)));
                                   });
    isAt(request, *m_helper, token);
}

RequestToken DirectFirst::inspect(std::uint64_t netns, std::vector<std::uint64_t> cookies, bool interactive,
                                  Done<std::vector<SocketReading>> done) {
    return submit<SocketReading>(
        std::move(cookies),
        [netns, interactive](SocketOperations& backend, auto open, auto answered) {
            return backend.inspect(netns, std::move(open), interactive, std::move(answered));
        },
        std::move(done));
}

RequestToken DirectFirst::setOptions(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                                     const OptionsChange& change, Done<std::vector<SetResult>> done) {
    return submit<SetResult>(
        std::move(cookies),
        [netns, change](SocketOperations& backend, auto open, auto answered) {
            return backend.setOptions(netns, std::move(open), change, std::move(answered));
        },
        std::move(done));
}

RequestToken DirectFirst::close(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                                Done<std::vector<CloseResult>> done) {
    return submit<CloseResult>(
        std::move(cookies),
        [netns](SocketOperations& backend, auto open, auto answered) {
            return backend.close(netns, std::move(open), std::move(answered));
        },
        std::move(done));
}

RequestToken DirectFirst::closeWhole(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                                     Done<std::vector<CloseResult>> done) {
    return submit<CloseResult>(
        std::move(cookies),
        [netns](SocketOperations& backend, auto open, auto answered) {
            return backend.closeWhole(netns, std::move(open), std::move(answered));
        },
        std::move(done));
}

void DirectFirst::cancel(RequestToken request) {
    const auto open = m_open.find(request);
    if (open != m_open.end())
        open->second.backend->cancel(open->second.token);
}

} // namespace halfopen
