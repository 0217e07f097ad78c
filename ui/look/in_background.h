// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>
#include <memory>
#include <utility>

namespace halfopen {

/// Who waits for the answer of a thread, for as long as there is somebody.
class Asker {
public:
    /// @param context  lives in the calling thread
    static std::shared_ptr<Asker> of(QObject* context);
    virtual ~Asker() = default;
    /// Any thread, once. @param then  called on the thread of the context, unless that is gone by then
    virtual void answer(std::function<void()> then) = 0;
};

/// Does `work` on a thread that nobody waits for, not even the program when it ends; where none can be had, here.
void runDetached(std::function<void()> work);

/// Does what may wait for a disk, a file server or a name server for as long as that likes.
/// @param work     called on another thread; touches nothing that may be gone before the process
/// @param then     called with what `work` returned on the thread of `context`, unless that is gone by then
template <class Work, class Then>
void inBackground(QObject* context, Work work, Then then) {
    runDetached([asker = Asker::of(context), work = std::move(work), then = std::move(then)] {
        asker->answer([then, result = work()] { then(result); });
    });
}

} // namespace halfopen
