### The invitation to look whether one's answers still hold.

again-invitation = Shall we check your answers? Something may have changed since last time, and the advice and jobs you see depend on it. If all is as it was, one button is enough.
button-again-look = See my answers
button-again-later = Not now
button-again-stop = Stop asking
button-again-same = All as it was
button-again-back = Ask me after all

again-noted = Thanks, noted!
again-later = All right. You can always see and change your answers: /profile
again-stopped = I won't ask again. You can always see and change your answers: /profile
again-back = Deal: now and then I'll ask whether anything has changed.

consent-profile_again = to being asked whether answers have changed
